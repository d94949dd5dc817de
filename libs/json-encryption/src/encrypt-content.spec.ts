import { describe, expect, it } from '@jest/globals';
import { encryptContent } from './encrypt-content.js';

describe('encryptContent', () => {
  it('encrypts as RFC 7516, appendix A.1 does', () => {
    const contentKey = Buffer.from(
      'b1a1f480548fe173 3fb403ff6b9ad4f6 8a076e5b702e2269 2f82cb2e7aea40fc'.replaceAll(' ', ''),
      'hex',
    );
    const iv = Buffer.from('48V1_ALb6US04U3b', 'base64url');
    const header = 'eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ';
    const text = 'The true sign of intelligence is not knowledge but imagination.';
    expect(encryptContent({ contentKey, iv, header }, text)).toEqual([
      '48V1_ALb6US04U3b',
      '5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6jiSdiwkIr3ajwQzaBtQD_A',
      'XFBoMYUZodetZdvTiFvSkQ',
    ]);
  });
});
