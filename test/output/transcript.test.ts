import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '../../src/output/style.ts';
import { renderTranscript } from '../../src/output/transcript.ts';
import { anyText, fits, obeyed } from './hostile.ts';

describe('renderTranscript', () => {
  it('reads as a conversation', () => {
    const text = renderTranscript(
      [
        {
          role: 'user',
          createdAt: '2026-01-02T03:04:05Z',
          blocks: [{ kind: 'text', text: 'How many?\n\nPlease.' }],
        },
        {
          role: 'assistant',
          channel: 'thought',
          blocks: [
            { kind: 'note', text: '[tool call run_query({"sum":1})]' },
            { kind: 'table', columns: ['month', 'count'], rows: [['2026-01', '5']] },
            { kind: 'code', language: 'sql', text: 'select 1\n' },
          ],
        },
        { role: 'tool', blocks: [] },
      ],
      { width: 30 },
    );
    expect(text).toBe(
      [
        'user  2026-01-02T03:04:05Z',
        '  How many?',
        '',
        '  Please.',
        '',
        'assistant  thought',
        '  [tool call',
        '  run_query({"sum":1})]',
        '  month    count',
        '  2026-01  5',
        '  ```sql',
        '  select 1',
        '  ```',
        '',
        'tool',
        '',
      ].join('\n'),
    );
  });

  it('gives nothing for no messages', () => {
    expect(renderTranscript([])).toBe('');
  });

  it('tells roles apart by colour', () => {
    const style = { ...plain, cyan: (text: string) => `<${text}>`, bold: (text: string) => `*${text}*` };
    expect(renderTranscript([{ role: 'user', blocks: [] }], { style })).toBe('*<user>*\n');
  });

  it('is harmless, and wraps everything but code, whatever the data', () => {
    const message = fc.record({
      role: fc.constantFrom('user', 'assistant', 'system'),
      blocks: fc.array(
        fc.oneof(
          fc.record({ kind: fc.constant('text' as const), text: anyText }),
          fc.record({ kind: fc.constant('note' as const), text: anyText }),
          fc.record({
            kind: fc.constant('table' as const),
            columns: fc.array(anyText, { maxLength: 3 }),
            rows: fc.array(fc.array(anyText, { maxLength: 4 }), { maxLength: 3 }),
          }),
        ),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 3 }),
        fc.integer({ min: 12, max: 90 }),
        (messages, width) => {
          for (const line of renderTranscript(messages, { width }).split('\n')) {
            expect(line).not.toMatch(obeyed);
            expect(line).toSatisfy((text: string) => fits(text, width));
          }
        },
      ),
    );
  });

  it('neutralises roles, times and code', () => {
    const text = renderTranscript([
      {
        role: 'user\u001B[2J\n',
        createdAt: 'now\u202E',
        channel: '\u009B',
        blocks: [{ kind: 'code', language: '\u0007', text: '\u001B]52;c;eA==\u0007' }],
      },
    ]);
    expect(text.replaceAll('\n', '')).not.toMatch(obeyed);
  });
});
