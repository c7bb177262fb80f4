import { expect, test as base, type APIRequestContext, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { foundOrganization, newPerson, signUp, type Person } from './people.js';
import { watchConsole } from './accessible.js';

/** Someone with a browser of their own. */
export interface Visitor {
  person: Person;
  context: BrowserContext;
  page: Page;
  /** Calls the API with the cookies of this browser. */
  request: APIRequestContext;
}

export interface Owner extends Visitor {
  organizationId: string;
}

interface Fixtures {
  /** The owner of an organization that is empty and that no other test knows; `page` is theirs. */
  owner: Owner;
  /** Opens another browser, in which nobody is signed in. */
  openBrowser: () => Promise<Omit<Visitor, 'person'>>;
  /** Opens another browser for a new account that is verified and signed in, without an organization. */
  arrive: (name: string) => Promise<Visitor>;
  /** What the pages of this test wrote to the console as errors; must be empty in the end. */
  consoleFaults: string[];
}

export const test = base.extend<Fixtures>({
  consoleFaults: [
    // Playwright reads the names of fixtures from this pattern.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const faults: string[] = [];
      await use(faults);
      expect(faults, 'errors in the console').toEqual([]);
    },
    { auto: true },
  ],
  page: async ({ page, consoleFaults }, use) => {
    watchConsole(page, consoleFaults);
    await use(page);
  },
  owner: async ({ page, context }, use) => {
    const person = newPerson('Ada Fjell');
    await signUp(context.request, person);
    const organizationId = await foundOrganization(context.request, 'Fjell & Daughters');
    await use({ person, context, page, request: context.request, organizationId });
  },
  openBrowser: async ({ browser, consoleFaults, contextOptions, locale, timezoneId, viewport, baseURL }, use) => {
    const opened: BrowserContext[] = [];
    const options = { ...contextOptions, locale, timezoneId, viewport, baseURL };
    await use(async () => {
      const visitor = await openIn(browser, options);
      watchConsole(visitor.page, consoleFaults);
      opened.push(visitor.context);
      return visitor;
    });
    await Promise.all(opened.map((context) => context.close()));
  },
  arrive: async ({ openBrowser }, use) => {
    await use(async (name) => {
      const person = newPerson(name);
      const visitor = await openBrowser();
      await signUp(visitor.request, person);
      return { ...visitor, person };
    });
  },
});

async function openIn(browser: Browser, options: Parameters<Browser['newContext']>[0]): Promise<Omit<Visitor, 'person'>> {
  const context = await browser.newContext(options);
  return { context, page: await context.newPage(), request: context.request };
}

export { expect };
