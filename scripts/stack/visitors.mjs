// Visitors who come all the time through the front door, and tell of every answer that was not right.
import { setTimeout as sleep } from 'node:timers/promises';
import { exchange, keepAliveAgent, newConnectionAgent } from './exchange.mjs';

/**
 * Asks the API and the web every `everyMs`, on kept connections and on new ones, until `stop`.
 * @returns {{ failures: string[], releases: Set<string>, count: () => number, stop(): Promise<void> }} releases: who answered
 */
export function sendVisitors(installation, { everyMs = 40 } = {}) {
  const failures = [];
  const releases = new Set();
  let count = 0;
  const leaving = new AbortController();
  const { ca, url } = installation;
  const withAuthority = (agent) => Object.assign(agent, { options: { ...agent.options, ca } });
  const agents = [keepAliveAgent(url), newConnectionAgent(url)].map(withAuthority);

  async function ask(path, agent) {
    count += 1;
    try {
      const { status, body } = await exchange({ url: `${url}${path}`, agent, timeoutMs: 20_000 });
      if (status !== 200) failures.push(`${new Date().toISOString()} ${path} ${status}`);
      const version = path === '/api/health' ? JSON.parse(body).version : undefined;
      if (version) releases.add(version);
    } catch (error) {
      failures.push(`${new Date().toISOString()} ${path} ${error.code ?? error.message}`);
    }
  }

  async function comeAllTheTime() {
    const under = new Set();
    for (let turn = 0; !leaving.signal.aborted; turn += 1) {
      const asked = ask(turn % 2 === 0 ? '/api/health' : '/', agents[turn % 10 === 9 ? 1 : 0]).finally(() => under.delete(asked));
      under.add(asked);
      await sleep(everyMs);
    }
    await Promise.all(under);
    for (const agent of agents) agent.destroy();
  }

  const coming = comeAllTheTime();
  return {
    failures,
    releases,
    count: () => count,
    async stop() {
      leaving.abort();
      await coming;
    },
  };
}
