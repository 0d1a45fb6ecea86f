import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/core/json.ts';
import { openArray, writeJson, writeNdjson } from '../../src/output/json.ts';
import type { Sink } from '../../src/output/sink.ts';

interface Recorder extends Sink {
  text: string;
}

function recorder(): Recorder {
  const sink: Recorder = {
    text: '',
    write(text) {
      sink.text += text;
      return Promise.resolve();
    },
  };
  return sink;
}

const jsonValue: fc.Arbitrary<JsonValue> = fc.json().map((text): JsonValue => JSON.parse(text));

describe('writeJson', () => {
  it('prints one value with two spaces a level and a newline at its end', async () => {
    const sink = recorder();
    await writeJson(sink, { a: [1] });
    expect(sink.text).toBe('{\n  "a": [\n    1\n  ]\n}\n');
  });

  it('keeps every character', async () => {
    const sink = recorder();
    await writeJson(sink, '\u2028\u0085\u202E\uD800\u001B');
    expect(sink.text).toBe('"\u2028\u0085\u202E\\ud800\\u001b"\n');
  });
});

describe('writeNdjson', () => {
  it('prints one value on one line', async () => {
    const sink = recorder();
    await writeNdjson(sink, { a: ['x\ny'] });
    expect(sink.text).toBe('{"a":["x\\ny"]}\n');
  });
});

describe('openArray', () => {
  it('prints an element a line', async () => {
    const sink = recorder();
    const array = openArray(sink);
    await array.element({ a: 1 });
    await array.element(null);
    await array.close();
    expect(sink.text).toBe('[\n{"a":1},\nnull\n]\n');
  });

  it('prints [] when nothing came', async () => {
    const sink = recorder();
    const array = openArray(sink);
    await array.close();
    await array.close();
    expect(sink.text).toBe('[]\n');
  });

  it('is whole after any number of elements, however they end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(jsonValue), fc.boolean(), async (values, fails) => {
        const sink = recorder();
        const array = openArray(sink);
        const produce = async (): Promise<void> => {
          try {
            for (const value of values) await array.element(value);
            if (fails) throw new Error('the producer failed');
          } finally {
            await array.close();
          }
        };
        await produce().catch(() => undefined);
        expect(JSON.parse(sink.text)).toEqual(JSON.parse(JSON.stringify(values)));
        expect(sink.text.split('\n')).toHaveLength(values.length === 0 ? 2 : values.length + 3);
      }),
    );
  });

  it('writes nothing more after a failed write, and fails as that did', async () => {
    let writes = 0;
    const array = openArray({
      write: () => {
        writes += 1;
        return Promise.reject(new Error('gone'));
      },
    });
    await expect(array.element(1)).rejects.toThrow('gone');
    await array.close();
    expect(writes).toBe(1);
  });
});
