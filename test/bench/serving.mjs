import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { median } from './measure.mjs';

const bare = new URL('bare-server.mjs', import.meta.url).pathname;
const atOnce = 32;

/**
 * Requests per second of `convo serve`, and of a server of the same library that answers each of them with a constant
 * of the same length. The rounds alternate.
 *
 * @param {{ launcher: string, directory: string, environment: NodeJS.ProcessEnv, rounds: number, requests: number }} setup
 */
export async function measureServing({ launcher, directory, environment, rounds, requests }) {
  const started = [];
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const start = async (...words) => {
    const child = spawn(process.execPath, words, {
      cwd: directory,
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    started.push(child);
    child.stdout.setEncoding('utf8');
    const [line] = await once(child.stdout, 'data');
    return JSON.parse(line);
  };
  try {
    const { url, environment: variables } = await start(
      launcher,
      'serve',
      '--system',
      'openai',
      '-o',
      'ndjson',
    );
    const headers = {
      authorization: `Bearer ${variables.OPENAI_API_KEY}`,
      'content-type': 'application/json',
    };
    const made = await send({
      url: `${url}/conversations`,
      method: 'POST',
      headers,
      agent,
      body: '{"metadata":{"topic":"demo"}}',
    });
    const constant = await start(bare, made);
    const kinds = {
      constant: { url: constant.url, headers, agent },
      show: { url: `${url}/conversations/${JSON.parse(made).id}`, headers, agent },
      create: {
        url: `${url}/conversations`,
        method: 'POST',
        headers,
        agent,
        body: '{"metadata":{"topic":"demo"}}',
      },
    };
    const rates = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]));
    for (const each of Object.values(kinds)) await rateOf(each, requests / 4);
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, each] of Object.entries(kinds)) rates[name].push(await rateOf(each, requests));
    }
    return Object.fromEntries(Object.entries(rates).map(([name, each]) => [name, median(each)]));
  } finally {
    agent.destroy();
    for (const child of started) child.kill();
  }
}

async function rateOf(each, requests) {
  const start = performance.now();
  let left = requests;
  const work = async () => {
    while (left-- > 0) await send(each);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return requests / ((performance.now() - start) / 1000);
}

/** The body of an answer. Throws for any but a good one. */
async function send({ url, method = 'GET', headers, agent, body }) {
  const outgoing = request(url, { method, headers, agent });
  outgoing.end(body);
  const [answer] = await once(outgoing, 'response');
  const read = await text(answer);
  if (answer.statusCode !== 200) throw new Error(`${method} ${url}: ${answer.statusCode} ${read}`);
  return read;
}
