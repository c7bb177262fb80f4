import { readStack } from './stack.js';

interface Mail {
  id: string;
  subject: string;
  text: string;
  html: string;
  to: { address: string }[];
}

async function mailsTo(address: string): Promise<Mail[]> {
  const response = await fetch(`${readStack().mailUrl}/email`);
  const mails = (await response.json()) as Mail[];
  return mails.filter((mail) => mail.to.some((recipient) => recipient.address === address.toLowerCase()));
}

/**
 * Waits for a mail to this address whose subject fits.
 * @throws after 20 s, naming the mails that did arrive
 */
export async function waitForMail(address: string, subject: RegExp): Promise<Mail> {
  const deadline = Date.now() + 20_000;
  let seen: Mail[] = [];
  while (Date.now() < deadline) {
    seen = await mailsTo(address);
    const found = seen.findLast((mail) => subject.test(mail.subject));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`No mail like ${subject} came to ${address}. There: ${seen.map((mail) => mail.subject).join(', ') || 'none'}`);
}

/** The one link in a mail that a person would click: the first that leads into the product. */
export function linkIn(mail: Mail): string {
  const { origin } = new URL(readStack().url);
  const link = mail.text.match(/https?:\/\/[^\s<>"']+/g)?.find((candidate) => candidate.startsWith(origin));
  if (!link) throw new Error(`The mail "${mail.subject}" has no link into ${origin}:\n${mail.text}`);
  return link;
}
