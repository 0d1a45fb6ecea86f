import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { world } from '../../src/platform/world.ts';
import { createFaults } from '../../src/serve/faults/index.ts';
import { parseFault } from '../../src/serve/faults/parse.ts';
import { Refusal } from '../../src/serve/refusal.ts';
import { type Answer, createServer, type Mount } from '../../src/serve/server.ts';
import type { Shelf } from '../../src/serve/shelf.ts';
import type { ServeEnvironment } from '../../src/serve/system.ts';
import { servedSystems } from '../../src/serve/systems.ts';

const nothing = () => Promise.reject(new Error('the shelf was asked'));
const shelf: Shelf = { find: nothing, create: nothing, change: nothing, remove: nothing, async *list() {} };

/** Every system, each with an interface that refuses whatever is asked. */
const mounts: readonly Mount[] = servedSystems.map((system) => ({
  system,
  api: {
    routes: () => new Hono<ServeEnvironment>().all('/*', (c) => c.json({ problem: 'no key' }, 401)),
    errorBody: (status, message) => ({ system: system.name, status, message }),
    locked: () => new Refusal(409, {}),
  },
  desk: { shelf, token: 'unused', world },
}));

it('the server puts faults before the key, and the key before the body, each system with its own words', async () => {
  const answers: Answer[] = [];
  const app = createServer({
    mounts,
    faults: createFaults([
      parseFault('status=503,system=looker,first=2'),
      parseFault('status=500,system=orq'),
    ]),
    onError: (error) => {
      throw error;
    },
    onAnswer: (answer) => answers.push(answer),
    mostBytes: 1,
  });
  const large = { method: 'POST', body: 'large' };
  const looker = await app.request('/looker/anything', large);
  expect(looker.status).toBe(503);
  expect(await looker.json()).toMatchObject({ system: 'looker', status: 503 });
  expect(await (await app.request('/orq/x')).json()).toMatchObject({ system: 'orq', status: 500 });
  expect((await app.request('/orq-4.1/x')).status).toBe(401);
  expect((await app.request('/looker')).status).toBe(503);
  expect((await app.request('/looker/anything', large)).status).toBe(401);
  expect(answers.map(({ status }) => status)).toEqual([503, 500, 401, 503, 401]);
});

it('a server without faults has none', async () => {
  const app = createServer({ mounts, onError: () => undefined });
  expect((await app.request('/looker/anything')).status).toBe(401);
});
