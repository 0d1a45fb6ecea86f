// A process for the tests to start and kill: `writer <directory> create <prefix> <count>`, `… increment <id> <count>`,
// `… hold <id>`. It prints a line for what is done.
import { writeSync } from 'node:fs';
import { storeHost } from '../../src/platform/store-host.ts';
import { openStore } from '../../src/store/index.ts';
import { envelope, summarise } from './conversations.ts';

const [directory = '', command, subject = '', count = '0'] = process.argv.slice(2);
const store = openStore({ directory, host: storeHost(), summarise });

// Synchronous: what was acknowledged has left the process before it can be killed.
function say(line: string): void {
  writeSync(1, `${line}\n`);
}

if (command === 'hold') {
  await store.update(subject, async (current) => {
    say('held');
    await new Promise((resolve) => {
      setTimeout(resolve, 2 ** 31 - 1);
    });
    return current;
  });
}
for (let index = 0; index < Number(count); index++) {
  if (command === 'create') {
    const id = `${subject}-${index}`;
    await store.create(envelope(id, { title: id, text: 'x'.repeat(20_000) }));
    say(id);
  } else {
    await store.update(subject, ({ record }) => envelope(subject, { n: Number(record['n']) + 1 }));
    say(String(index));
  }
}
