import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../src/core/json.ts';
import { setMember } from '../../../src/core/json.ts';
import { hostileKey, jsonValue, text } from '../../support/leaves.ts';

/** A message's content in the forms that are saved in the wild, mixed, and with values of any type in them. */
export const content: fc.Arbitrary<JsonObject> = fc.oneof(
  objectOf({ timestamp: time(), userMessage: objectOf({ text }) }),
  objectOf({ timestamp: time(), messageId: text, systemMessage: systemMessage(), debugInfo: jsonValue }),
  fc.constantFrom('userMessage', 'user_message', 'systemMessage', 'system_message').chain((key) =>
    objectOf({
      [key]: fc.oneof(text, objectOf({ text, x: jsonValue }), systemMessage(), jsonValue),
      text,
      error: error(),
    }),
  ),
);

/** A message, also as the chat sent it, without the wrap. */
export const message: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 3, arbitrary: objectOf({ id: id(), type: type(), order: order(), message: content }) },
  { weight: 1, arbitrary: objectOf({ id: id(), type: type(), order: order(), message: fc.constant(null) }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(content, objectOf({ id: id(), type: type(), order: order() }))
      .map(([inner, outer]) => ({ ...inner, ...outer })),
  },
);

function systemMessage(): fc.Arbitrary<JsonObject> {
  const known = {
    text: words(),
    error: error(),
    data: jsonValue,
    chart: objectOf({ result: jsonValue }),
    groupId: fc.nat(),
  };
  return fc.tuple(objectOf(known), extra()).map(([first, second]) => ({ ...second, ...first }));
}

function words(): fc.Arbitrary<JsonValue> {
  const typed = {
    parts: fc.oneof(fc.array(text, { maxLength: 3 }), fc.array(jsonValue, { maxLength: 2 })),
    textType: textType(),
    text_type: textType(),
    thoughtSignature: text,
  };
  return fc.oneof({ weight: 5, arbitrary: objectOf(typed) }, jsonValue);
}

function textType(): fc.Arbitrary<JsonValue> {
  return fc.oneof(
    fc.constantFrom('FINAL_RESPONSE', 'THOUGHT', 'PROGRESS', 'FOLLOWUP_QUESTIONS', '', null),
    jsonValue,
  );
}

function error(): fc.Arbitrary<JsonValue> {
  return fc.oneof(objectOf({ text, message: text, code: jsonValue }), jsonValue);
}

function type(): fc.Arbitrary<JsonValue> {
  return fc.constantFrom('user', 'system', 'assistant', 'tool', '', null);
}

function order(): fc.Arbitrary<JsonValue> {
  return fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(null));
}

function id(): fc.Arbitrary<JsonValue> {
  return fc.oneof(text, fc.nat(), fc.constant(null));
}

function time(): fc.Arbitrary<JsonValue> {
  return fc.constantFrom(
    '2026-06-01T09:15:10Z',
    '2026-06-01T09:15:10.123456789+02:00',
    '2026-06-01',
    'soon',
    null,
    5,
  );
}

function extra(): fc.Arbitrary<JsonObject> {
  return fc.array(fc.tuple(hostileKey, jsonValue), { maxLength: 2 }).map(fromPairs);
}

/** An object that has some of these members. */
function objectOf(members: Readonly<Record<string, fc.Arbitrary<JsonValue>>>): fc.Arbitrary<JsonObject> {
  const pairs = Object.entries(members).map(([key, value]) =>
    fc.option(
      value.map((each): [string, JsonValue] => [key, each]),
      { nil: undefined, freq: 3 },
    ),
  );
  return fc.tuple(...pairs).map((some) => fromPairs(some.filter((pair) => pair !== undefined)));
}

function fromPairs(pairs: readonly (readonly [string, JsonValue])[]): JsonObject {
  const object: JsonObject = {};
  for (const [key, value] of pairs) setMember(object, key, value);
  return object;
}
