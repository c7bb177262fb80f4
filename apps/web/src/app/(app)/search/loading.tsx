export { SearchSkeleton as default } from '@/features/search/search-skeleton';
