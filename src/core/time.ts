/** A point in time as text or number says it, without rounding. */
export interface Time {
  /** Whole seconds since the Unix epoch, rounded down. */
  readonly seconds: number;
  /** Digits of the fraction of a second, without trailing zeros; empty if there are none. */
  readonly fraction: string;
  /** False if the text names no zone: it is then taken as UTC. */
  readonly zoned: boolean;
}

export type TimeUnit = 'seconds' | 'milliseconds';

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?([Zz]|[+-]\d\d:?\d\d)?)?$/;

/** RFC 3339, also without a zone, or a date alone. `undefined` for anything else, impossible dates included. */
export function parseTime(text: string): Time | undefined {
  if (!pattern.test(text)) return undefined;
  // What the pattern finds would be ten new texts; where it finds them is known.
  const days = daysSinceEpoch(digits(text, 0) * 100 + digits(text, 2), digits(text, 5), digits(text, 8));
  const hasSeconds = text.charCodeAt(16) === colon;
  const time =
    text.length === 10
      ? 0
      : secondsOfDay(digits(text, 11), digits(text, 14), hasSeconds ? digits(text, 17) : 0);
  const { fraction, zone } = afterSeconds(text, hasSeconds ? 19 : 16);
  const offset = zone === undefined ? 0 : offsetSeconds(zone);
  if (days === undefined || time === undefined || offset === undefined) return undefined;
  return {
    seconds: days * 86_400 + time - offset,
    fraction: withoutZeros(fraction),
    zoned: zone !== undefined,
  };
}

const colon = 0x3a;

/** The number that two digits write. */
function digits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 48 * 11;
}

function afterSeconds(
  text: string,
  at: number,
): { readonly fraction: string; readonly zone: string | undefined } {
  if (at >= text.length) return { fraction: '', zone: undefined };
  if (text.charAt(at) !== '.') return { fraction: '', zone: text.slice(at) };
  const zone = text.slice(at + 1).search(/\D/);
  if (zone < 0) return { fraction: text.slice(at + 1), zone: undefined };
  return { fraction: text.slice(at + 1, at + 1 + zone), zone: text.slice(at + 1 + zone) };
}

const daysIn400Years = 146_097;
/** From the first of March in the year 0 to the Unix epoch. */
const daysBeforeEpoch = 719_468;

/**
 * `undefined` for a day that no calendar has. Years are taken to begin in March, so that a leap day ends one.
 *
 * @see https://howardhinnant.github.io/date_algorithms.html
 */
function daysSinceEpoch(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  const shifted = month > 2 ? year : year - 1;
  const cycle = Math.floor(shifted / 400);
  const yearOfCycle = shifted - cycle * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100);
  return cycle * daysIn400Years + yearOfCycle * 365 + leapDays + dayOfYear - daysBeforeEpoch;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function secondsOfDay(hour: number, minute: number, second: number): number | undefined {
  return hour < 24 && minute < 60 && second < 60 ? hour * 3600 + minute * 60 + second : undefined;
}

function withoutZeros(fraction: string): string {
  return fraction.endsWith('0') ? fraction.replace(/0+$/, '') : fraction;
}

function offsetSeconds(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}

/** RFC 3339 UTC with the digits needed and no more; `undefined` outside the years 0000 to 9999. */
export function renderTime(time: Time): string | undefined {
  if (!hasCalendarDate(time)) return undefined;
  const days = Math.floor(time.seconds / 86_400);
  const fraction = time.fraction === '' ? '' : `.${time.fraction}`;
  return `${renderDay(days)}T${renderClock(time.seconds - days * 86_400)}${fraction}Z`;
}

/** Whether a time lies in the years 0000 to 9999. */
function hasCalendarDate({ seconds }: Time): boolean {
  return seconds >= -62_167_219_200 && seconds < 253_402_300_800;
}

/** The inverse of {@link daysSinceEpoch}: a Date would say the same in many times the time. */
function renderDay(days: number): string {
  const shifted = days + daysBeforeEpoch;
  const cycle = Math.floor(shifted / daysIn400Years);
  const day = shifted - cycle * daysIn400Years;
  const leapDays = Math.floor(day / 1460) - Math.floor(day / 36_524) + Math.floor(day / 146_096);
  const yearOfCycle = Math.floor((day - leapDays) / 365);
  const dayOfYear = day - (yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = cycle * 400 + yearOfCycle + (month > 2 ? 0 : 1);
  return `${twoDigits(Math.floor(year / 100))}${twoDigits(year % 100)}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

function renderClock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}

const upTo99 = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

function twoDigits(number: number): string {
  return upTo99[number] ?? '';
}

/** The time a number of seconds or milliseconds since the epoch names; `undefined` if no calendar date has it. */
export function fromEpoch(value: number, unit: TimeUnit): Time | undefined {
  if (Number.isSafeInteger(value)) return fromWhole(value, unit);
  const shift = unit === 'seconds' ? 0 : 3;
  const written = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value));
  if (!written) return undefined;
  const [, sign, whole = '', decimals = ''] = written;
  if (whole.length > 15) return undefined;
  const scale = shift + decimals.length;
  const units = BigInt(`${sign}${whole}${decimals}`);
  const unitsPerSecond = 10n ** BigInt(scale);
  const rest = ((units % unitsPerSecond) + unitsPerSecond) % unitsPerSecond;
  const seconds = Number((units - rest) / unitsPerSecond);
  const fraction = rest.toString().padStart(scale, '0').replace(/0+$/, '');
  return checked({ seconds, fraction, zoned: true });
}

/** Nearly every number is whole and needs no big integers. */
function fromWhole(value: number, unit: TimeUnit): Time | undefined {
  if (unit === 'seconds') return checked({ seconds: value, fraction: '', zoned: true });
  const seconds = Math.floor(value / 1000);
  const rest = value - seconds * 1000;
  const fraction = rest === 0 ? '' : withoutZeros(String(rest).padStart(3, '0'));
  return checked({ seconds, fraction, zoned: true });
}

function checked(time: Time): Time | undefined {
  return hasCalendarDate(time) ? time : undefined;
}

/** The number that names this time; `floored` if the unit (or the precision of a number) is too coarse for it. */
export function toEpoch(time: Time, unit: TimeUnit): { readonly value: number; readonly floored: boolean } {
  if (unit === 'seconds') return { value: time.seconds, floored: time.fraction !== '' };
  const whole = time.seconds * 1000 + Number(time.fraction.slice(0, 3).padEnd(3, '0'));
  const finer = time.fraction.slice(3);
  if (finer === '') return { value: whole, floored: false };
  const exact = whole < 0 ? Number.NaN : Number(`${whole}.${finer}`);
  const back = fromEpoch(exact, 'milliseconds');
  const same = back?.seconds === time.seconds && back.fraction === time.fraction;
  return same ? { value: exact, floored: false } : { value: whole, floored: true };
}

/** Orders times; the absent one is the oldest. */
export function compareTimes(left: Time | undefined, right: Time | undefined): number {
  if (!left || !right) return Number(left !== undefined) - Number(right !== undefined);
  if (left.seconds !== right.seconds) return left.seconds - right.seconds;
  if (left.fraction === right.fraction) return 0;
  return left.fraction < right.fraction ? -1 : 1;
}
