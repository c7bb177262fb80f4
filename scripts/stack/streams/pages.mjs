// Pages as a browser loads them, and a tab that was opened before: its files must stay, whatever is deployed meanwhile.
import { createHash } from 'node:crypto';
import { exchange } from '../exchange.mjs';
import { Refused, requireSuccess } from '../recorder.mjs';

const tabPages = ['/', '/documents', '/search', '/members', '/settings'];
const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Addresses of the static files that a page names, in its markup and in its scripts' data. */
function assetsOf(html) {
  const found = html.match(/\/_next\/static\/[A-Za-z0-9_\-./~%[\]()]+\.(?:js|css|woff2)(?:\?dpl=[A-Za-z0-9_-]+)?/g);
  return [...new Set(found)];
}

async function loadPage({ url, agent, cookie, address, says, navigation = false }) {
  const headers = { cookie, accept: 'text/html', ...(navigation ? { rsc: '1' } : {}) };
  const answer = requireSuccess(await exchange({ url: new URL(address, url), agent, headers }));
  const text = answer.body.toString('utf8');
  // A redirect to the sign-in page, or an error page, is no page of this person.
  if (answer.status !== 200) throw new Refused(answer, `${address} was answered with ${answer.status}`);
  if (!text.includes(says)) throw new Refused(answer, `${address} does not say "${says}"`);
  return text;
}

async function loadAsset({ url, agent, address }) {
  const answer = await exchange({ url: new URL(address, url), agent });
  if (answer.status !== 200) throw new Refused(answer, `${address} was answered with ${answer.status}`);
  return answer.body;
}

/**
 * The landing page, a page of the signed-in part and a navigation within a tab in turn; with each page the files that
 * this browser does not have yet. A page whose own files are missing is a failure.
 */
export function pageStream({ url, agent, cookie, organizationName }) {
  const cached = new Set();
  const pages = [
    { address: '/', says: '</html>' },
    { address: '/documents', says: organizationName },
    { address: '/documents?_rsc', says: organizationName, navigation: true },
  ];
  return {
    name: 'page with its files',
    async send(index) {
      const html = await loadPage({ url, agent, cookie, ...pages[index % pages.length] });
      const missing = assetsOf(html).filter((address) => !cached.has(address));
      await Promise.all(
        missing.map(async (address) => {
          await loadAsset({ url, agent, address });
          cached.add(address);
        }),
      );
    },
  };
}

/** Opens the tab: reads pages and every file that they name. The stream asks for these files again, one after another. */
export async function openTab({ url, agent, cookie }) {
  const assets = new Map();
  for (const address of tabPages) {
    const html = await loadPage({ url, agent, cookie, address, says: '</html>' });
    for (const asset of assetsOf(html)) if (!assets.has(asset)) assets.set(asset, hashOf(await loadAsset({ url, agent, address: asset })));
  }
  if (assets.size === 0) throw new Error('the pages name no static files; the tab would prove nothing');
  const addresses = [...assets.keys()];
  return {
    name: `file of a tab opened before (${addresses.length} files)`,
    async send(index) {
      const address = addresses[index % addresses.length];
      const bytes = await loadAsset({ url, agent, address });
      if (hashOf(bytes) !== assets.get(address)) throw new Refused({ status: 200, body: bytes }, `${address} has other bytes than before`);
    },
  };
}
