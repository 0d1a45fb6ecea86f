import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/core/errors.ts';
import { renderFailure, renderWarning } from '../../src/output/diagnostics.ts';
import { obeyed } from './hostile.ts';

const people = { json: false, verbose: false };
const programs = { json: true, verbose: false };

describe('renderFailure', () => {
  const failure = new Failure('not_found', 'no conversation conv_1 in local', {
    hint: 'run convo list to see which there are',
    status: 404,
    requestId: 'req_1',
    issues: [
      { path: '/metadata/topic', message: 'must be text' },
      { path: '', message: 'must have items' },
    ],
  });

  it('tells people what failed, where, and what to do', () => {
    expect(renderFailure(failure, people)).toBe(
      [
        'convo: no conversation conv_1 in local',
        '  /metadata/topic: must be text',
        '  must have items',
        'hint: run convo list to see which there are',
        '',
      ].join('\n'),
    );
  });

  it('tells programs the same in one line', () => {
    const text = renderFailure(failure, programs);
    expect(text.indexOf('\n')).toBe(text.length - 1);
    expect(JSON.parse(text)).toEqual({
      error: {
        code: 'not_found',
        message: 'no conversation conv_1 in local',
        hint: 'run convo list to see which there are',
        status: 404,
        request_id: 'req_1',
        retryable: false,
        issues: [
          { path: '/metadata/topic', message: 'must be text' },
          { path: '', message: 'must have items' },
        ],
      },
    });
  });

  it('leaves out what is absent', () => {
    expect(renderFailure(new Failure('unavailable', 'orq does not answer', { id: 'c1' }), programs)).toBe(
      '{"error":{"code":"unavailable","message":"orq does not answer","retryable":true,"id":"c1"}}\n',
    );
  });

  it('caps the issues that people see, and says how many there are', () => {
    const issues = Array.from({ length: 25 }, (_, index) => ({ path: `/items/${index}`, message: 'bad' }));
    const lines = renderFailure(new Failure('invalid', 'the file is invalid', { issues }), people).split(
      '\n',
    );
    expect(lines).toHaveLength(23);
    expect(lines[21]).toBe('  … and 5 more');
  });

  it('calls anything else a bug, with its stack only when verbose', () => {
    const bug = new TypeError('x is not a function', { cause: new Error('deeper') });
    expect(renderFailure(bug, people)).toMatch(
      /^convo: unexpected failure: x is not a function\nhint: .*--verbose.*\n$/,
    );
    const verbose = renderFailure(bug, { json: false, verbose: true });
    expect(verbose).toMatch(/\n {4}at /);
    expect(verbose).toContain('caused by: Error: deeper');
    expect(renderFailure('thrown text', people)).toContain('unexpected failure: thrown text');
    expect(JSON.parse(renderFailure(bug, programs))).toMatchObject({
      error: { code: 'internal', retryable: false },
    });
    expect(JSON.parse(renderFailure(bug, { json: true, verbose: true }))).toHaveProperty('error.stack');
  });

  it('shows no more of an error than its stack', () => {
    const error = Object.assign(new Error('request failed'), { headers: { authorization: 'Bearer s3cret' } });
    expect(renderFailure(error, { json: false, verbose: true })).not.toContain('s3cret');
  });

  it('neutralises text from data', () => {
    const hostile = '\u001B]52;c;eA==\u0007\n\u202E';
    const text = renderFailure(
      new Failure('invalid', hostile, { hint: hostile, issues: [{ path: hostile, message: hostile }] }),
      { json: false, verbose: true },
    );
    expect(text.replaceAll('\n', '')).not.toMatch(obeyed);
  });
});

describe('renderWarning', () => {
  it('is a sentence for people and an object for programs', () => {
    expect(renderWarning('only\nthe caller’s own', people)).toBe('convo: warning: only⏎the caller’s own\n');
    expect(renderWarning('only the caller’s own', programs)).toBe(
      '{"warning":{"message":"only the caller’s own"}}\n',
    );
  });
});
