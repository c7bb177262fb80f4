import type { Mail } from '@repo/email';
import type { TestApp } from './create-test-app.js';

/** The mails that wait in the outbox for an address, oldest first. */
export async function mailsTo(app: TestApp, address: string): Promise<Mail[]> {
  const rows = await app.dependencies.database.prisma.outboxEvent.findMany({ where: { queue: 'email' }, orderBy: { createdAt: 'asc' } });
  return rows.map(({ payload }) => payload as unknown as Mail).filter(({ to }) => to === address);
}

/** The address that the newest mail of a kind leads to, as a path of this origin. Throws when there is none. */
export async function linkIn(app: TestApp, address: string, template: Mail['template']): Promise<string> {
  const mail = (await mailsTo(app, address)).findLast((candidate) => candidate.template === template);
  if (!mail || !('url' in mail)) throw new Error(`no ${template} mail for ${address}`);
  const { pathname, search } = new URL(mail.url);
  return `${pathname}${search}`;
}
