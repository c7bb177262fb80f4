import { ButtonLink } from '@/components/button';

/** A thing of the signed-in part that is not there, or not for this organization; the rail stays. */
export default function NotFound() {
  return (
    <div className="flex max-w-xl flex-col items-start gap-5 py-14 sm:py-20">
      <div className="flex flex-col gap-2">
        <h1 className="text-xl">Nothing is here</h1>
        <p className="text-base text-secondary">It was deleted, or it belongs to another organization of yours.</p>
      </div>
      <ButtonLink href="/documents" variant="primary">
        Go to your documents
      </ButtonLink>
    </div>
  );
}
