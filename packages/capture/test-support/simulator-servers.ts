import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { HttpSimulator } from '../src/testing/vendor-simulators/http-simulator.js';
import type { SocketSimulator } from '../src/testing/vendor-simulators/socket-simulator.js';

/** A simulator that listens on this computer. */
export interface SimulatorServer {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Ends it and all of its connections. */
  close(): Promise<void>;
}

/** Lets a simulator listen for HTTP. */
export async function serveHttp(simulator: HttpSimulator): Promise<SimulatorServer> {
  const server = createServer((request, response) => {
    answer(simulator, request, response).catch(() => response.destroy());
  });
  return listening(server);
}

/** Lets a simulator listen for WebSocket. */
export async function serveSocket(simulator: SocketSimulator): Promise<SimulatorServer> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    const connection = simulator.connect({ send: (text) => socket.send(text), close: () => socket.terminate() });
    socket.on('message', (data) => connection.receive(String(data)));
    socket.on('close', () => connection.closed());
    socket.on('error', () => undefined);
  });
  return listening(server);
}

async function answer(simulator: HttpSimulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = 'GET', url = '/' } = request;
  const result = await simulator.handle({ method, path: url, body: Buffer.concat(chunks).toString() });
  if (result === 'never') return;
  response.writeHead(result.status, { ...result.headers, 'access-control-allow-origin': '*' });
  if (result.body instanceof Uint8Array) {
    response.end(result.body);
    return;
  }
  const reader = result.body.getReader();
  response.on('close', () => void reader.cancel().catch(() => undefined));
  for (let next = await reader.read(); !next.done; next = await reader.read()) response.write(next.value);
  response.end();
}

async function listening(server: Server): Promise<SimulatorServer> {
  const connections = new Set<Socket>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    close: () => {
      for (const socket of connections) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
