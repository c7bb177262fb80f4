export { WriteSkeleton as default } from '@/features/documents/writing/write-skeleton';
