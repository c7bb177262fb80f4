// One browser that listens to live events. It comes back by itself, as the web application's client does with the same
// settings; how long it was deaf each time is measured.
import { io } from 'socket.io-client';

const retryAfterRefusalMs = 15_000;

/** @returns {Promise<{ report(): object, close(): void }>} once it is connected */
export async function listenToEvents({ url, cookie, recorder }) {
  const gaps = [];
  const refusals = [];
  let events = 0;
  let lost = null;
  const socket = io(url, {
    path: '/api/realtime',
    transports: ['websocket'],
    extraHeaders: { cookie, origin: new URL(url).origin },
    forceNew: true,
    reconnectionDelay: 1_000,
    reconnectionDelayMax: 15_000,
    randomizationFactor: 0.5,
  });
  // Socket.IO itself does not return after the server ended the connection; the web application does, after this pause.
  const comeBack = () => {
    if (!socket.active) setTimeout(() => socket.connect(), retryAfterRefusalMs * (0.5 + Math.random()));
  };
  socket.on('document.changed', () => (events += 1));
  socket.on('connect', () => {
    if (lost) gaps.push({ atSeconds: recorder.secondsAt(lost.at), ms: Math.round(performance.now() - lost.at), reason: lost.reason });
    lost = null;
  });
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return;
    lost = { at: performance.now(), reason };
    comeBack();
  });
  socket.on('connect_error', (error) => {
    refusals.push({ atSeconds: recorder.secondsAt(), error: error.description?.message ?? error.message });
    comeBack();
  });
  await connected(socket);
  const report = () => ({ events, gaps, refusals, deafMs: lost ? Math.round(performance.now() - lost.at) : 0 });
  return { report, close: () => socket.disconnect() };
}

function connected(socket) {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    setTimeout(() => reject(new Error('the live connection was not made within 15 s')), 15_000).unref();
  });
}
