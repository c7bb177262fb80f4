import { z } from 'zod';
import { idSchema, storableText } from './fields.js';
import { defineRoute } from './route.js';

/** The longest query, characters. */
export const maxQueryCharacters = 256;

export const searchResultSchema = z
  .object({
    documentId: idSchema,
    title: z.string(),
    heading: z.string().nullable().meta({ description: 'Path of headings above the passage, joined by " › ".' }),
    page: z.number().int().nullable(),
    snippet: z.string(),
    highlights: z.array(z.tuple([z.number().int(), z.number().int()])).meta({ description: 'Found words, as [start, end) in `snippet`.' }),
    passage: z
      .object({ start: z.number().int(), end: z.number().int() })
      .meta({ description: 'Where the passage stands in the document text.' }),
    score: z.number(),
  })
  .meta({ id: 'SearchResult' });
export type SearchResult = z.infer<typeof searchResultSchema>;

export const searchModeSchema = z
  .enum(['text', 'fused'])
  .meta({ description: '`fused`: full text joined with vectors. `text`: full text alone.' });
export type SearchMode = z.infer<typeof searchModeSchema>;

export const searchRoutes = {
  search: defineRoute({
    method: 'GET',
    path: '/api/v1/search',
    tag: 'Search',
    summary: 'Find passages in the documents of the organization',
    access: 'member',
    apiKeys: true,
    query: z.object({
      q: storableText({ min: 1, max: maxQueryCharacters }),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    success: {
      status: 200,
      schema: z.object({
        results: z.array(searchResultSchema),
        mode: searchModeSchema,
        suggestions: z
          .array(z.object({ documentId: idSchema, title: z.string() }))
          .meta({ description: 'Titles spelled alike, when little was found.' }),
      }),
    },
    errors: ['search.busy'],
    rateLimit: 'search',
  }),
};
