import { describe, expect, it } from 'vitest';
import { createLossTally, type ReportedLoss, renderLosses } from '../../src/output/losses.ts';
import { obeyed } from './hostile.ts';

function loss(path: string, changes: Partial<ReportedLoss> = {}): ReportedLoss {
  return { record: 0, id: 'c1', path, kind: 'dropped', reason: 'orq has no place for it', ...changes };
}

describe('renderLosses', () => {
  it('prints nothing for no losses', () => {
    expect(renderLosses([], { json: false })).toBe('');
    expect(renderLosses([], { json: true })).toBe('');
  });

  it('prints a line a pattern with its count, what the system sets last', () => {
    const losses = [
      loss('/items/0/id', { kind: 'assigned', reason: 'set by the system' }),
      loss('/items/0/status'),
      loss('/items/1/status'),
      loss('/items/12/status', { record: 4, id: null }),
      loss('/created_at', { kind: 'narrowed', reason: 'cut to seconds' }),
      loss('/items/0/status', { reason: 'another reason' }),
    ];
    expect(renderLosses(losses, { json: false })).toBe(
      [
        'convo: lost 3 × /items/*/status (dropped): orq has no place for it',
        'convo: lost 1 × /items/*/status (dropped): another reason',
        'convo: lost 1 × /created_at (narrowed): cut to seconds',
        'convo: set by the system: 1 × /items/*/id',
        '',
      ].join('\n'),
    );
  });

  it('prints an object a pattern for programs, with the first record it happened to', () => {
    const losses = [loss('/items/0/status', { record: 2, id: 'c3' }), loss('/items/1/status', { record: 4 })];
    expect(renderLosses(losses, { json: true })).toBe(
      '{"loss":{"path":"/items/*/status","kind":"dropped","reason":"orq has no place for it","count":2,"record":2,"id":"c3"}}\n',
    );
  });

  it('takes only whole steps for indexes', () => {
    expect(renderLosses([loss('/metadata/2026-01/0x1/01/7')], { json: false })).toContain(
      '/metadata/2026-01/0x1/01/*',
    );
  });

  it('caps what people see, and never what programs see', () => {
    const losses = Array.from({ length: 23 }, (_, index) => loss(`/metadata/key${index}`));
    const lines = renderLosses(losses, { json: false }).split('\n');
    expect(lines).toHaveLength(22);
    expect(lines[20]).toBe('  … and 3 more (use --report <file>)');
    expect(renderLosses(losses, { json: true }).split('\n')).toHaveLength(24);
  });

  it('neutralises paths and reasons', () => {
    const text = renderLosses([loss('/\u001B[2J', { reason: '\u202E\n' })], { json: false });
    expect(text.slice(0, -1)).not.toMatch(obeyed);
  });

  it('does not tell patterns apart without end', () => {
    const tally = createLossTally();
    for (let index = 0; index < 5000; index++) tally.add(loss(`/metadata/key${index}`));
    tally.add(loss('/metadata/key7'));
    tally.add(loss('/other'));
    const lines = tally.render({ json: true }).trimEnd().split('\n');
    expect(lines).toHaveLength(1002);
    expect(lines.slice(-2).join()).toContain('"path":"/metadata/*"');
    expect(lines.join()).toContain('"count":4000');
  });

  it('tallies a run as it goes', () => {
    const tally = createLossTally();
    tally.add(loss('/a/0'));
    tally.add(loss('/a/1'));
    expect(tally.render({ json: false })).toBe('convo: lost 2 × /a/* (dropped): orq has no place for it\n');
  });
});
