import { brand } from '@repo/brand';

const serif = "'Source Serif 4', 'Iowan Old Style', Georgia, 'Times New Roman', serif";
const sans = "Inter, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** Inline styles, for mail programs that know nothing else: the light theme. */
export const styles = {
  page: { margin: 0, padding: '32px 12px', backgroundColor: '#fbfaf8', fontFamily: sans },
  panel: { maxWidth: '560px', margin: '0 auto' },
  wordmark: { margin: '0 0 24px', fontFamily: serif, fontSize: '20px', lineHeight: '28px', color: '#1b1916' },
  heading: { margin: '0 0 16px', fontFamily: serif, fontSize: '28px', lineHeight: '36px', fontWeight: 400, color: '#1b1916' },
  paragraph: { margin: '0 0 16px', fontSize: '16px', lineHeight: '25px', color: '#1b1916', overflowWrap: 'anywhere' },
  button: {
    margin: '8px 0 24px',
    padding: '12px 20px',
    borderRadius: '6px',
    backgroundColor: brand.accent.light,
    color: '#ffffff',
    fontSize: '16px',
    fontWeight: 600,
  },
  quiet: { margin: '0 0 12px', fontSize: '14px', lineHeight: '22px', color: '#5b564e', overflowWrap: 'anywhere' },
  link: { color: brand.accent.light, textDecoration: 'underline' },
  line: { margin: '28px 0 20px', border: 'none', borderTop: '1px solid #dedad2' },
} as const;

/** What mail programs with style sheets take in addition: the dark theme. */
export const darkSheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page, .page td { background-color: #141311 !important; }
  .ink { color: #f2efe9 !important; }
  .quiet { color: #a8a196 !important; }
  .line { border-top-color: #33302b !important; }
  .button { background-color: ${brand.accent.dark} !important; color: #141311 !important; }
  .link { color: ${brand.accent.dark} !important; }
}
`;
