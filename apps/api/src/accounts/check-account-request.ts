import { storableText } from '@repo/contracts/fields';
import { AppError, type FieldIssue } from '@repo/errors';
import { z } from 'zod';

/** Longest accepted text in a request about accounts, characters; the body as a whole is bounded too. */
const maxTextLength = 4096;

const text = storableText({ max: maxTextLength, trim: false });
/** What better-auth takes as any text, but a page has to show: names of people, organizations and roles. */
const fields: Record<string, z.ZodType> = {
  name: storableText({ min: 1, max: 100 }),
  slug: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/, 'takes 1 to 48 lower case letters, digits and dashes'),
  // An answer to a slug would tell strangers whether an organization has it.
  organizationSlug: z.never('is not accepted: name the organization by its id'),
  email: z.string().max(254),
  newEmail: z.string().max(254),
  callbackURL: z.string().max(500),
  redirectTo: z.string().max(500),
  role: z.enum(['owner', 'admin', 'member']),
  image: z.null(),
  logo: z.null(),
};

/**
 * Refuses what the account library would hand to the database unread: NUL characters, broken Unicode, over-long
 * names, unknown roles. Throws `request.invalid`.
 */
export function checkAccountRequest(body: unknown, query: unknown): void {
  const issues = [...issuesOf(body, []), ...issuesOf(query, [])];
  if (issues.length > 0) throw new AppError('request.invalid', { issues });
}

function issuesOf(value: unknown, path: readonly string[]): FieldIssue[] {
  if (typeof value === 'string') return check(text, value, path);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = path.length === 0 && Object.hasOwn(fields, name) ? fields[name] : undefined;
    const innerPath = [...path, name];
    return field && inner !== undefined ? check(field, inner, innerPath) : [...check(text, name, innerPath), ...issuesOf(inner, innerPath)];
  });
}

function check(schema: z.ZodType, value: unknown, path: readonly string[]): FieldIssue[] {
  const { error } = schema.safeParse(value);
  return error ? [{ path: path.join('.'), message: error.issues[0]?.message ?? 'is not valid' }] : [];
}
