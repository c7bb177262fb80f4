import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Fails with each violation of WCAG 2.2 A and AA that axe finds, and where. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNoViolation(page, new AxeBuilder({ page }).withTags(standards));
}

/** The part of it that other colours can change. */
export async function expectReadableColours(page: Page): Promise<void> {
  await expectNoViolation(page, new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']));
}

async function expectNoViolation(page: Page, builder: AxeBuilder): Promise<void> {
  // Its other mode opens a second page each time, for documents in frames of other origins; we have none.
  const { violations } = await builder.setLegacyMode(true).analyze();
  const found = violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')} (${node.failureSummary})`),
  );
  expect(found, `axe on ${page.url()}`).toEqual([]);
}

/** Fails when the page can be scrolled sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, `sideways scroll on ${page.url()}`).toBeLessThanOrEqual(0);
}

/**
 * Collects what a page writes to the console as errors, what it throws, and what its policy refuses. An answer of the
 * server with a status of 400 and more is no fault of the page and is left out.
 */
export function watchConsole(page: Page, faults: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(`${message.text()} (${page.url()})`);
  });
  page.on('pageerror', (error) => faults.push(`${error.stack ?? error.message} (${page.url()})`));
}
