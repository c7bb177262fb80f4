import { brand } from '@repo/brand';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { env } from '@/env';
import { BrandStyle } from '@/platform/brand-style';
import { preloadFonts } from '@/platform/font-preloads';
import { nonceHeader } from '@/platform/request-headers';
import { parseTheme, themeCookie } from '@/platform/theme';
import '@/styles/index.css';

/** Evaluated per request: the public address is known at run time only. */
export function generateMetadata(): Metadata {
  return {
    metadataBase: new URL(env().APP_URL),
    title: { default: brand.name, template: `%s – ${brand.name}` },
    description: brand.description,
    applicationName: brand.name,
    openGraph: { siteName: brand.name, title: brand.name, description: brand.tagline, images: ['/product-light.webp'] },
    icons: { icon: { url: '/icon', type: 'image/svg+xml' } },
    formatDetection: { telephone: false, address: false, email: false },
  };
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf8' },
    { media: '(prefers-color-scheme: dark)', color: '#141311' },
  ],
};

/** The frame of every page. Reading headers makes each page dynamic, which its nonce needs. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  preloadFonts();
  const nonce = (await headers()).get(nonceHeader) ?? undefined;
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  return (
    <html lang="en" data-theme={theme} suppressHydrationWarning>
      <head>
        <BrandStyle nonce={nonce} />
      </head>
      <body>{children}</body>
    </html>
  );
}
