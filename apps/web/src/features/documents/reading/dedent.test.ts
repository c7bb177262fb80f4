import { describe, expect, it } from 'vitest';
import { dedent } from './dedent';

describe('dedent', () => {
  it('takes away what all lines share and keeps what they do not', () => {
    expect(dedent('    if (a) {\n      b();\n\n    }')).toBe('if (a) {\n  b();\n\n}');
    expect(dedent('a\n  b')).toBe('a\n  b');
    expect(dedent('')).toBe('');
  });
});
