import { brand } from '@repo/brand';
import { ButtonLink } from '@/components/button';
import { PlainPage } from '@/features/landing/plain-page';

export default function LandingPage() {
  return (
    <PlainPage>
      <h1 className="text-2xl">{brand.tagline}</h1>
      <ButtonLink href="/sign-up" variant="primary" size="large">
        Start free
      </ButtonLink>
    </PlainPage>
  );
}
