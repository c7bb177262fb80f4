// A load of constant arrival over the public address: reads over HTTP/1.1 and HTTP/2, writes, new connections, pages, slow
// uploads, live events.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepAliveAgent } from './exchange.mjs';
import { startArrivals } from './arrivals.mjs';
import { writeDocument } from './people.mjs';
import { Recorder } from './recorder.mjs';
import { http2Stream } from './streams/http2-reads.mjs';
import { listenToEvents } from './streams/live-events.mjs';
import { openTab, pageStream } from './streams/pages.mjs';
import { newConnectionStream, readStream } from './streams/reads.mjs';
import { requireStreaming, slowUploadStream } from './streams/slow-uploads.mjs';
import { writeStream } from './streams/writes.mjs';

/** Arrivals a second. About 140 requests a second together, the pages' files not counted. */
export const defaultRates = { reads: 80, http2Reads: 20, writes: 20, newConnections: 5, pages: 2, tabFiles: 5, slowUploads: 1 };

const slowUploadMs = 5_000;

/**
 * Starts the load and keeps it up until `stop`.
 * @param {{ url: string, cookie: string, organizationName: string, visitor: object }} member see people.mjs
 * @param {{ rates?: Partial<typeof defaultRates> }} [options] a rate of 0 leaves a stream out
 * @returns {Promise<{ recorder: Recorder, stop(): Promise<LoadReport> }>} `stop` ends the arrivals, waits for what is
 *   under way, and reports
 * @typedef {{ run: string, seconds: number, streams: object[], failures: object[], versions: Record<string, number>,
 *   attempted: Set<string>, acknowledged: Map<string, string>, live: object }} LoadReport
 */
export async function startLoad(member, { rates = {} } = {}) {
  const { url, cookie, organizationName } = member;
  const run = `load-${randomBytes(4).toString('hex')}`;
  const state = { run, attempted: new Set(), acknowledged: new Map(), versions: new Map() };
  const agent = keepAliveAgent(url);
  const common = { url, cookie, agent, organizationName, ...state };

  await requireStreaming(common);
  const { id: documentId } = await writeDocument(member, `${run} document to read`);
  const tab = await openTab(common);
  const recorder = new Recorder();
  const live = await listenToEvents({ url, cookie, recorder });

  const rate = { ...defaultRates, ...rates };
  const streams = [
    [readStream({ ...common, documentId }), rate.reads],
    [http2Stream({ ...common, documentId }), rate.http2Reads],
    [writeStream(common), rate.writes],
    [newConnectionStream(common), rate.newConnections],
    [pageStream(common), rate.pages],
    [tab, rate.tabFiles],
    [slowUploadStream({ ...common, overMs: slowUploadMs }), rate.slowUploads],
  ];
  const arrivals = streams.map(([stream, perSecond]) =>
    startArrivals({ perSecond, fire: (at, index) => void recorder.measure(stream.name, at, () => stream.send(index)) }),
  );
  const stop = async () => {
    for (const arrival of arrivals) arrival.stop();
    const seconds = recorder.secondsAt();
    await recorder.settle();
    // The last writes' events are still on their way.
    await sleep(1_000);
    const report = { ...state, seconds, live: live.report(), streams: recorder.streams(), failures: recorder.failures };
    live.close();
    for (const [stream] of streams) stream.close?.();
    agent.destroy();
    return { ...report, versions: Object.fromEntries(state.versions) };
  };
  return { recorder, stop };
}
