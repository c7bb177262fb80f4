import { brand } from '@repo/brand';

/** Hands the brand's accent to the tokens. A style element, because the policy refuses style attributes. */
export function BrandStyle({ nonce }: { nonce: string | undefined }) {
  return (
    <style nonce={nonce} suppressHydrationWarning>
      {`:root{--brand-light:${brand.accent.light};--brand-dark:${brand.accent.dark}}`}
    </style>
  );
}
