// Somebody who works in a running installation: a verified account with an organization, made as a person makes it.
import { randomBytes } from 'node:crypto';
import tls from 'node:tls';
import { signUp, Visitor } from '../local-stack/visitor.mjs';
import { UserError } from '../toolchain.mjs';

/** From here on every connection of this process trusts this authority too. */
function trustAuthority(ca) {
  if (ca) tls.setDefaultCACertificates([...tls.getCACertificates('default'), ca]);
}

/**
 * Makes an account, verifies it with the link of its mail, founds an organization and acts in it.
 * @param {{ url: string, ca?: string, mailUrl: string }} installation ca: PEM of the authority behind `url`
 * @returns {Promise<{ visitor: Visitor, cookie: string, url: string, email: string, password: string, organizationId: string, organizationName: string }>}
 * @throws {UserError} with the API's own words
 */
export async function newMember({ url, ca, mailUrl }) {
  trustAuthority(ca);
  const tag = randomBytes(6).toString('hex');
  const person = { name: 'Ida Sørensen', email: `ida.${tag}@example.com`, password: `lantern harbour ${tag}` };
  const visitor = new Visitor({ origin: url, appUrl: url, purpose: 'The account for the load could not be made' });
  if (!(await signUp(visitor, { mailApi: mailUrl, person }))) throw new UserError(`No mail for ${person.email} arrived at ${mailUrl}.`);
  const organizationName = `Quay ${tag}`;
  const { id } = await visitor.json('POST', '/api/auth/organization/create', { name: organizationName, slug: `quay-${tag}` });
  const { email, password } = person;
  return { visitor, cookie: visitor.cookie, url, email, password, organizationId: id, organizationName };
}

/** A text written by hand; unique words of `name` make it findable. Answers the created document. */
export async function writeDocument({ visitor }, name) {
  const { document } = await visitor.json('POST', '/api/v1/documents', { title: name, text: textOf(name) });
  return document;
}

/** Markdown of about 600 characters in two sections. */
export function textOf(name) {
  const paragraph =
    'The harbour office keeps a list of every boat that left before dawn. Each line names the skipper, the weather and ' +
    'the hour of return; what was not written down is asked for at the quay. ';
  return `# ${name}\n\n${paragraph}\n\n## Notes on ${name}\n\n${paragraph}${paragraph}`;
}
