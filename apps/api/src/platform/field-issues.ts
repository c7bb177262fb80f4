import type { FieldIssue } from '@repo/errors';
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** A zod error in words for the reader: one line a field, at most 20. */
export function fieldIssues(error: z.ZodError): FieldIssue[] {
  return flatten(error.issues, [])
    .slice(0, 20)
    .map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
}

function flatten(issues: readonly Issue[], prefix: readonly PropertyKey[]): { path: PropertyKey[]; message: string }[] {
  return issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, message: issue.message }];
    return flatten(closestBranch(issue.errors), path);
  });
}

/** Of a union, the variant that the sender most likely meant: the one with the fewest complaints. */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  return branches.reduce((best, branch) => (branch.length < best.length ? branch : best));
}
