// A system that answers every request with the same conversation: what is left is what a call costs the caller.
import { createServer } from 'node:http';

const conversation = { id: 'conv_1', object: 'conversation', created_at: 1_780_305_302, metadata: {} };
const server = createServer((request, response) => {
  request.resume().once('end', () => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(conversation));
  });
}).listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/v1` })}\n`);
});
