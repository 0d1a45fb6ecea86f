// Answers every request with the text it is given: what the server library takes by itself.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const body = process.argv[2] ?? '';
const app = new Hono();
app.all('*', (c) => c.body(body, 200, { 'content-type': 'application/json' }));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}/` })}\n`);
});
