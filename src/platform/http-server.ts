import type { EventEmitter } from 'node:events';
import { type AddressInfo, Server, type Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Failure } from '../core/errors.ts';

/** Answers a request; the bindings are Node's own request and response. */
export type Answering = (request: Request, bindings: object) => Response | Promise<Response>;

export interface ListenOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
}

export interface Listening {
  readonly port: number;
  /**
   * Takes no more requests, waits so many milliseconds for those that are being answered, and hangs up. How many were
   * not answered by then comes back.
   */
  readonly close: (patience: number) => Promise<number>;
}

/** Answers HTTP requests at an address of this machine. @throws Failure that names the address if it cannot be had. */
export async function listen(fetch: Answering, { host, port }: ListenOptions): Promise<Listening> {
  const server = createAdaptorServer({ fetch });
  const connections = watch(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: isAddress(address) ? address.port : port,
    close: (patience) =>
      new Promise((resolve) => {
        let givenUp = 0;
        const overdue = setTimeout(() => {
          givenUp = connections.destroyAll();
        }, patience);
        // HTTP's own close hangs up on who is still reading an answer that was handed over whole.
        Server.prototype.close.call(server, () => {
          clearTimeout(overdue);
          resolve(givenUp);
        });
        connections.hangUp();
      }),
  };
}

interface Connections {
  /** Ends each connection once nothing is being answered on it: at once where nothing is. */
  readonly hangUp: () => void;
  /** Ends all; how many requests that cost comes back. */
  readonly destroyAll: () => number;
}

/** Node itself takes a connection for busy on which half a request came, and for idle while an answer is on its way. */
function watch(server: ReturnType<typeof createAdaptorServer>): Connections {
  const open = new Map<Socket, number>();
  let closing = false;
  server.on('connection', (socket: Socket) => {
    open.set(socket, 0);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', ({ socket }: { readonly socket: Socket }, response: EventEmitter) => {
    open.set(socket, (open.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (open.get(socket) ?? 1) - 1;
      if (open.has(socket)) open.set(socket, left);
      if (closing && left === 0) socket.end();
    });
  });
  return {
    hangUp() {
      closing = true;
      for (const [socket, busy] of open) if (busy === 0) socket.destroy();
    },
    destroyAll() {
      const busy = [...open.values()].reduce((sum, requests) => sum + requests, 0);
      for (const socket of open.keys()) socket.destroy();
      return busy;
    },
  };
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

function cannotListen(cause: Error, host: string, port: number): Failure {
  const code = 'code' in cause ? cause.code : undefined;
  const where = `${host} port ${port}`;
  if (code === 'EADDRINUSE') {
    return new Failure('unavailable', `${where} is in use by another program`, {
      hint: 'leave --port out to get one that is free',
      cause,
    });
  }
  if (code === 'EACCES')
    return new Failure('not_allowed', `${where} may not be listened on by you`, {
      hint: 'take a port from 1024 on',
      cause,
    });
  return new Failure('usage', `${where} cannot be listened on: ${cause.message}`, {
    hint: 'name an address of this machine with --host',
    cause,
  });
}
