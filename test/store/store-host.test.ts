import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { storeHost } from '../../src/platform/store-host.ts';

describe('storeHost', () => {
  it('knows this process, always the same', () => {
    const host = storeHost();
    expect(host.pid).toBe(process.pid);
    expect(host.isAlive(host.pid)).toBe(true);
    expect(host.startedAt(host.pid)).toBe(storeHost().startedAt(host.pid));
    expect(host.hostName).toBe(storeHost().hostName);
  });

  it('knows a living process from one that ended', async () => {
    const host = storeHost();
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    expect(host.isAlive(pid)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(host.isAlive(pid)).toBe(false);
    expect(host.startedAt(pid)).toBeNull();
  });
});
