import { realtimePath, type RealtimeEvents } from '@repo/contracts/realtime';
import type { Socket } from 'socket.io-client';
import { jitter } from './jitter';

/** What a part of the page wants to hear. */
export interface RealtimeListener {
  onEvent<Name extends keyof RealtimeEvents>(name: Name, payload: RealtimeEvents[Name]): void;
  /** The stream runs (again): what happened before now was not heard, so ask for the state once. */
  onConnected(): void;
  /** The stream stopped; until `onConnected` nothing is heard. */
  onLost(): void;
}

const eventNames = ['document.changed', 'document.deleted'] as const satisfies (keyof RealtimeEvents)[];
const idleCloseMs = 5_000;
const retryAfterRefusalMs = 15_000;

const listeners = new Set<RealtimeListener>();
let socket: Promise<Socket> | null = null;
let idleTimer: ReturnType<typeof setTimeout> | undefined;

/**
 * Listens to the events of the organization until the returned function is called. All listeners of a tab use one
 * connection, which is made when the first one comes and ends some seconds after the last one left.
 */
export function joinRealtime(listener: RealtimeListener): () => void {
  clearTimeout(idleTimer);
  listeners.add(listener);
  socket ??= connect();
  void greet(listener, socket);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) idleTimer = setTimeout(disconnect, idleCloseMs);
  };
}

/** Who joins while the stream runs is told so; everyone else hears it when it begins. */
async function greet(listener: RealtimeListener, opening: Promise<Socket>): Promise<void> {
  const open = await opening.catch(ignoreMissingChunk);
  if (open?.connected === true && listeners.has(listener)) listener.onConnected();
}

async function connect(): Promise<Socket> {
  const { io } = await import('socket.io-client');
  const open = io({
    path: realtimePath,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 1_000,
    reconnectionDelayMax: 15_000,
    // Spreads the return of all browsers after a deploy.
    randomizationFactor: 0.5,
  });
  for (const name of eventNames) {
    open.on(name, (payload: RealtimeEvents[typeof name]) => tell((listener) => listener.onEvent(name, payload)));
  }
  open.on('connect', () => tell((listener) => listener.onConnected()));
  open.on('disconnect', () => {
    tell((listener) => listener.onLost());
    comeBack(open);
  });
  open.on('connect_error', () => {
    tell((listener) => listener.onLost());
    comeBack(open);
  });
  return open;
}

/** Socket.IO itself returns after a lost line, but not after the server refused or ended the connection. */
function comeBack(open: Socket): void {
  if (open.active) return;
  setTimeout(() => {
    if (listeners.size > 0) open.connect();
  }, jitter(retryAfterRefusalMs));
}

function disconnect(): void {
  const closing = socket;
  socket = null;
  void closing?.then((open) => open.removeAllListeners().disconnect()).catch(() => null);
}

function tell(say: (listener: RealtimeListener) => void): void {
  for (const listener of listeners) say(listener);
}

/** The client is a chunk of its own; when it cannot be loaded the pages keep asking instead. */
function ignoreMissingChunk(): null {
  socket = null;
  return null;
}
