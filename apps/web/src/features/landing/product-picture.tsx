import type { Theme } from '@/platform/theme';

const phone = '(max-width: 640px)';
const dark = '(prefers-color-scheme: dark)';
const alt = 'A search in the product: passages from several documents, with the found words marked and the headings above each.';

/**
 * The product as the browser tests photographed it (`public/product-*.webp`): a wide picture, a narrow one for phones,
 * each in the colours that the page is shown in.
 */
export function ProductPicture({ theme }: { theme: Theme }) {
  const fixed = theme === 'dark' ? 'dark' : 'light';
  return (
    <picture className="block overflow-hidden rounded-panel border border-line bg-surface shadow-float">
      {theme === 'system' ? <source media={`${phone} and ${dark}`} srcSet="/product-phone-dark.webp" width={780} height={1280} /> : null}
      <source media={phone} srcSet={`/product-phone-${fixed}.webp`} width={780} height={1280} />
      {theme === 'system' ? <source media={dark} srcSet="/product-dark.webp" width={2000} height={1250} /> : null}
      <img src={`/product-${fixed}.webp`} alt={alt} width={2000} height={1250} fetchPriority="high" className="block h-auto w-full" />
    </picture>
  );
}
