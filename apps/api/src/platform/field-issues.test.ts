import { createDocumentBodySchema } from '@repo/contracts/documents';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { fieldIssues } from './field-issues.js';

const issuesOf = (schema: z.ZodType, value: unknown) => fieldIssues(schema.safeParse(value).error ?? new z.ZodError([]));

it('names each field by its path', () => {
  const schema = z.object({ people: z.array(z.object({ age: z.number() })) });
  expect(issuesOf(schema, { people: [{ age: 1 }, { age: 'x' }] }).map(({ path }) => path)).toEqual(['people.1.age']);
});

it('of a union, complains about the variant that was meant', () => {
  const upload = { filename: 'a.pdf', contentType: 'application/pdf', sizeBytes: -1 };
  expect(issuesOf(createDocumentBodySchema, upload).map(({ path }) => path)).toEqual(['sizeBytes']);
  expect(issuesOf(createDocumentBodySchema, { title: '', text: 'x' }).map(({ path }) => path)).toEqual(['title']);
});

it('says at most twenty things', () => {
  expect(
    issuesOf(
      z.array(z.number()),
      Array.from({ length: 100 }, () => 'x'),
    ),
  ).toHaveLength(20);
});
