import { brand } from '@repo/brand';
import { cookies } from 'next/headers';
import Link from 'next/link';
import { ButtonLink } from '@/components/button';
import { findDemoAccount } from '@/features/accounts/demo-account';
import { HowItWorks } from '@/features/landing/how-it-works';
import { ProductPicture } from '@/features/landing/product-picture';
import { SiteFooter } from '@/features/landing/site-footer';
import { SiteHeader } from '@/features/landing/site-header';
import { parseTheme, themeCookie } from '@/platform/theme';

/** One sentence, one picture, one button; the demo within reach. */
export default async function LandingPage() {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  const demo = await findDemoAccount();
  return (
    <div className="mx-auto max-w-6xl px-5 sm:px-8">
      <SiteHeader />
      <main id="content">
        <div className="flex flex-col gap-8 pt-[8vh] pb-14 sm:pb-20">
          <h1 className="max-w-[19ch] text-2xl sm:text-3xl">{brand.tagline}</h1>
          <div className="flex flex-wrap items-center gap-x-6 gap-y-4">
            <ButtonLink href="/sign-up" variant="primary" size="large">
              Start with your team
            </ButtonLink>
            {demo === null ? null : (
              <Link className="link text-base" href="/sign-in?demo">
                or look around the demo
              </Link>
            )}
          </div>
        </div>
        <ProductPicture theme={theme} />
        <div className="pt-20 pb-10 sm:pt-28">
          <HowItWorks />
        </div>
      </main>
      <SiteFooter />
    </div>
  );
}
