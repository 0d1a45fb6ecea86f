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
  const found = pattern.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone] = found;
  const plain = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const milliseconds = Date.parse(`${plain}Z`);
  if (Number.isNaN(milliseconds) || !new Date(milliseconds).toISOString().startsWith(plain)) return undefined;
  const offset = zone === undefined ? 0 : offsetSeconds(zone);
  if (offset === undefined) return undefined;
  return {
    seconds: milliseconds / 1000 - offset,
    fraction: fraction.replace(/0+$/, ''),
    zoned: zone !== undefined,
  };
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
  const date = new Date(time.seconds * 1000);
  if (Number.isNaN(date.getTime())) return undefined;
  const text = date.toISOString();
  if (text.length !== 24) return undefined;
  return `${text.slice(0, 19)}${time.fraction === '' ? '' : `.${time.fraction}`}Z`;
}

/** The time a number of seconds or milliseconds since the epoch names; `undefined` if no calendar date has it. */
export function fromEpoch(value: number, unit: TimeUnit): Time | undefined {
  const shift = unit === 'seconds' ? 0 : 3;
  const digits = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value));
  if (!digits) return undefined;
  const [, sign, whole = '', decimals = ''] = digits;
  if (whole.length > 15) return undefined;
  const scale = shift + decimals.length;
  if (scale === 0) return checked({ seconds: value, fraction: '', zoned: true });
  const units = BigInt(`${sign}${whole}${decimals}`);
  const unitsPerSecond = 10n ** BigInt(scale);
  const rest = ((units % unitsPerSecond) + unitsPerSecond) % unitsPerSecond;
  const seconds = Number((units - rest) / unitsPerSecond);
  const fraction = rest.toString().padStart(scale, '0').replace(/0+$/, '');
  return checked({ seconds, fraction, zoned: true });
}

function checked(time: Time): Time | undefined {
  return renderTime(time) === undefined ? undefined : time;
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
