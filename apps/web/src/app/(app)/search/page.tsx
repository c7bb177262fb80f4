import { maxQueryCharacters } from '@repo/contracts/search';
import type { Metadata } from 'next';
import { callApi } from '@/api/server';
import { planSearch } from '@/features/search/plan-search';
import { SearchScreen } from '@/features/search/search-screen';

interface SearchPageProps {
  searchParams: Promise<{ q?: string | string[] }>;
}

async function readQuery(searchParams: SearchPageProps['searchParams']): Promise<string> {
  const { q } = await searchParams;
  return typeof q === 'string' ? q : '';
}

export async function generateMetadata({ searchParams }: SearchPageProps): Promise<Metadata> {
  const query = (await readQuery(searchParams)).slice(0, 60);
  return { title: query === '' ? 'Search' : `${query} – Search` };
}

export default async function SearchPage({ searchParams }: SearchPageProps) {
  const plan = planSearch(await readQuery(searchParams), maxQueryCharacters);
  const [recent, answer] = await Promise.all([
    callApi('GET /api/v1/documents', { query: { limit: 5, status: 'ready' } }),
    plan.kind === 'search' ? callApi('GET /api/v1/search', { query: { q: plan.query, limit: 20 } }) : null,
  ]);
  return (
    <SearchScreen
      initial={plan.kind === 'search' && answer !== null ? { query: plan.query, answer } : undefined}
      recent={recent.items.map(({ id, title }) => ({ id, title }))}
      maxCharacters={maxQueryCharacters}
    />
  );
}
