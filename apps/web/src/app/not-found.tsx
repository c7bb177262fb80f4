import type { Metadata } from 'next';
import { ButtonLink } from '@/components/button';
import { PlainPage } from '@/features/landing/plain-page';

export const metadata: Metadata = { title: 'Nothing is here' };

export default function NotFound() {
  return (
    <PlainPage>
      <h1 className="text-xl">Nothing is here</h1>
      <p className="text-base text-secondary">This page does not exist, was deleted, or is not open to you.</p>
      <ButtonLink href="/documents" variant="primary">
        Go to your documents
      </ButtonLink>
    </PlainPage>
  );
}
