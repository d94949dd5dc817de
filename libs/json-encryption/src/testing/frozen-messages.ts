import type { JWK } from 'jose';

export interface FrozenMessage {
  /** The recipient's own key, made only for this test. */
  readonly jwk: JWK;
  readonly message: string;
}

/** The plaintext of every frozen message. */
export const FROZEN_TEXT = '{"version":1.0,"message":"Deine Rechnung ist da. 📱"}';

/** Messages as version 0.1.0 wrote them. Consumers can read these, so whatever is written later must look the same. */
export const FROZEN_MESSAGES: readonly FrozenMessage[] = [
  {
    jwk: {
      kty: 'oct',
      k: '18Z3tfsaRmN4WI-tbE8rENU3H9KRmBDuWMfTLYh-pTM',
      kid: 'partner-dir',
      alg: 'dir',
    },
    message:
      'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwiY3R5IjoianNvbiIsImtpZCI6InBhcnRuZXItZGlyIn0..MujdNe3AVCy' +
      'y_B8r.gCTzrUwo2RusVa4mgY_FB3wPy8f74DoKBvskgt8MoBecZGlwqGIOZdxwpibLglUkIRdQB4xRxA.BA7yo3wfHZOopsf' +
      'Ts1D_Iw',
  },
  {
    jwk: {
      kty: 'oct',
      k: 'ADXrlF4RQ_N5MR0Vxcl-Aeasn7aK2gmk5PDPZMQ4fi4',
      kid: 'partner-A256KW',
      alg: 'A256KW',
    },
    message:
      'eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMjU2R0NNIiwiY3R5IjoianNvbiIsImtpZCI6InBhcnRuZXItQTI1NktXIn0.FaEp' +
      'Me3s4ni-yClxW33B8kYmMUQECbsrHauAEpwsR6JbIAPuAmTW5A.ssO599u0AWBVWZz3.O-fFBMRJocfCl4sWpW2FvOYyrYEN' +
      'uXTLaJetG7z48xzXi3lTNHXvxReqnTEsAUPa-PZFeJUI0A.C_dtXWdFIPozuEqzJN5dew',
  },
  {
    jwk: {
      kty: 'RSA',
      n: 'ojQlsfV2_sppgMBqiH4Dum6rQZoma1tf5iMsdsWKqOum9IVT4CVDlo4Ujaoj_TKRN7zC101bE_4R5gVjPDimmnXbZNhbUq5vGCVbQTpj1z_a6ELhOERN5o5mg5uMHiMGr9GIFaVdfca76t1YPwx1JqZHy08I8Bhxj0uFFUiWFaFIkzaUtMdnrSYSSPxzh0_EHloeFhMVdgUwNJ_9RGxQswsLsjlF13clw0Sy0iMNb7FHA3thrVdkIBE2B8Yc4JqGfCJz16QIh6eWlAmZoyJlgXgwt9D0nOIgLTpMiuMgj1oOkNnY8m7oumy_ejk-TsjZ8cQsVbgOaZ8XhlzvIbzumw',
      e: 'AQAB',
      d: 'MKLYRrMmmiGRXwTTLNg0P_udKE-Tg49jgvs7AuYavKnkZt9vlf82c_doXE4O-oXmG0NjXPGaBLWjIkitR8po0lnSjjt9rp4VO7U_1qAufcVs20XqiFea0C4UuRO0APlZsPBwEKWEEgm8ISF7q3QN0Kf9UQ4CzRNXQbNQVWBteFBo2paw-B7xwKP7ZysulogBlCHEM-f4dYcLwmbyGN0Od4iU9TGTFQ8FvD27heIjbPrlbyMEejVlNPV2SpOPy8ikkP-o886A-zvIMXbGEBOHXhBSaCW8ZW257tr2A_AnKlBSJHH-7mWWT2lCXN--htdEIVNqVezF1UEyDimpKa4ueQ',
      p: '0BBrFWIENiJKUfeKMpgOf33_eKGy7tToijz2-c9oAfVTZVW7GsS2c7XUU_v32GvBZSiHFrz9gZOGY_cwrLB25YyZYv4WUrdtMwoFiBR7mBGiGIMWorJRVilmF1R8r99QEqkDHVM7wITcAYB2zRvdq4sJsTn1YfK4rc3pXgbyKP0',
      q: 'x5Lju-PIp1PwS3YITjnoJY3tz8jeWtly0gHJSelPTTWOHMGuo6wH59NsExMdcjqvy6FXb4rvXj0lIEEZc8rH5hA30KUjgEzxF24mn4tFENHK9ozebLYaWlz578qLcxDJYCQTSsLSpDQPUYwlbn6fiC2LXY7a_7VuTAbNLXRFtXc',
      dp: 'SCfpexjq7PsnWxXFz5X8MSq5FlS9gSZFHuvVmvzazRMPQO1iXf4qaCZ-5EFVyrBT-Yj8kF4qbG2FBdYMA1ePZDxGVZZYl4cVT8YB9RdlZW94D5gmmXXNz1u8FAsw0q1XT6FdeyYKatGomry6dpdbYMpvKg83kihi86OdcwZlpOE',
      dq: 'BmqPjcvd-Js3P4XU8IbmEscEXUjM9UjGa0AJc6nfldDh98S2U6bFPkvKzrYvnSuL2VUflYN2_KWkmuvc4J8lXB0rXjbg9FAE9EbjUP_OQaMtDk4rHH2iTUNt-aqeXx2sC749LIsk8IiH8Yw669mAUYV9VI2yNsRjfmg9kneJgjM',
      qi: 'a5SjJ5u8pq2i-F-t5UHMKXQ8JYWoZP78tZ3dezDIfs_47_gmsUhxXyFMYF_0EAWnmxe7GhtMv6tZRWcZo315dWPwxWLnd5Yq-Mte1LP1qb2gi4NKv0z0z4EiBlVRZzwRo9bwt7KIbuUPIcDPOSjz7Gm57QgU8DQ7QI5hBjQnbz8',
      kid: 'partner-RSA-OAEP-256',
      alg: 'RSA-OAEP-256',
    },
    message:
      'eyJhbGciOiJSU0EtT0FFUC0yNTYiLCJlbmMiOiJBMjU2R0NNIiwiY3R5IjoianNvbiIsImtpZCI6InBhcnRuZXItUlNBLU9B' +
      'RVAtMjU2In0.ktFJgKD2DiFOXSR9FLT5X1kLOpf_PP-FnlITu-KcHrKKVsfF37NnoVtpxJe8xot7mHXIdGx6pnNGlwvDFqIi' +
      'XXSbLfM_1kwytM4a7snsCPf1XmOiTDYpPjP7LR4dBKg4Se6L7mP3soeSDmjPauFPrfPVrTcG9kjWlQsv_NEivPTw7vkBl4Sf' +
      '0a8whPDKxfVGoVvd0u9O7aV8_7xGLEI_LZDAkula12OATV3UIDl2aKHRpARL2s2HGHYr2d3JkBLVKSC5ZeZfW6qpa_X0bhDc' +
      'SbURTHxzWg0n1fLNqSsomBu3DvnRhu4TLmYGkBmJXUpNqs2fL-RlmSI_trwAwmh7gQ.uMjXsHPjVjgG9esZ.noJNOFvH-WEa' +
      'PA25GKkuGTiDBH9V8JaKQ1M7stIXb0ZZ65qNmdcVUSNhAaCImrg2guMT_5pfeg.pamCAdCfGWw9SJGhJOSRAQ',
  },
  {
    jwk: {
      kty: 'EC',
      x: '8fq6cjirlZFHRM-W_SteFPRWj-CchhUBmllo8m-Tsm4',
      y: 'y2cuGAFWkAFG8DDH2ZldSq2hDhb5e88eCmhAG83eVxE',
      crv: 'P-256',
      d: 'aL7pc7mZddhIcf25nRExj9k7xZBzKcuBHl5STlUB0ZM',
      kid: 'partner-P-256',
      alg: 'ECDH-ES+A256KW',
    },
    message:
      'eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImVuYyI6IkEyNTZHQ00iLCJjdHkiOiJqc29uIiwia2lkIjoicGFydG5lci1QLTI1' +
      'NiIsImVwayI6eyJrdHkiOiJFQyIsIngiOiJReGVOc2RQUTVCbzhxVFk1eTN0M0p5QkM4cE9hY0RZRmRKZHV6WTF1dzNnIiwi' +
      'eSI6ImdrS2JpM24yYnVLdWZwOVNPMk9rUF9Ca2pkbENoZ1U1RGxsOUs4YmVPM0UiLCJjcnYiOiJQLTI1NiJ9fQ.9jveHNQgj' +
      'W2Dtkv0vhiyJrtb4Um8eyXSmToHXvvzbJBU_72p35GJYw.SAAWtadvMxowoPeS.DJZCHTkKnzVXsybKfcmN27O619fyRny9U' +
      '0lJp7p6rQjPfQ6BH-SbHRWU_zHhB9UlqcxAts3f8w.DSoeY009gfIFkK3UJ4XPeQ',
  },
  {
    jwk: {
      kty: 'EC',
      x: 'YHCZLJEsfHLdWFfZ78kWfu4gVvHIa6adi0PGmvwDDJTS7uJU9r0HjJf2bFNdnZ7D',
      y: 'iFxZpjntKAbK9UQfOtDgH-GpaSLf4nKbj4Y5NkunxomM-kP8_JG20Bz_QKP2qFnZ',
      crv: 'P-384',
      d: 'ktOgYqzpQ3JtG2YgWZGYqDH2b842XDDWglXcmseBhK1n7i0aMaiqTI6oFWlmIO2F',
      kid: 'partner-P-384',
      alg: 'ECDH-ES+A256KW',
    },
    message:
      'eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImVuYyI6IkEyNTZHQ00iLCJjdHkiOiJqc29uIiwia2lkIjoicGFydG5lci1QLTM4' +
      'NCIsImVwayI6eyJrdHkiOiJFQyIsIngiOiJKX3pDN29Pa3NpQlpTeXhqR3RkWUY0NElkUi16elk5ZVdxdVlySmxUZ1daZE1S' +
      'ZS1FRnRDbWpRZXBxRDQycllrIiwieSI6Ikk0OV91MVBkMHlOblVSSENtVkNCU2ltQlpNUW16amc0WkNBZXJjbkNScWhiUmda' +
      'QnI2d3RYaFVqa0t1SzJHR18iLCJjcnYiOiJQLTM4NCJ9fQ.8eILrJsK0qjuv9Knd_HN3csmPf85jCxadohIPDr3oVhsi7Psi' +
      'k6Sqw.0hO6g8PbpANWdbb_.d9SiC7XRTfUwhL7JcJAdKIYXubkm4Gx2s_4J2Uk8TEWl6PqrEaR_0PKoK62JrN99i0rkBG83j' +
      'A.Wy5MO_bhNToeemJqF6Ivtw',
  },
  {
    jwk: {
      kty: 'EC',
      x: 'ADzcfewa9OY0qRZCAcEdjAFKO9g2TC0BwOjtE8N4r8YDm2BF8CUOI_1ud3XBjLHkNQRAGsrBXTmywoKidT2aT-jI',
      y: 'ARrDXI2m3hyUel5vnEFQVpDawiUQSultvyl0SdNZdKHXOk7zkB4HqZKtBgQT_oT28WKfvi331lz1X1jwH02V7Nd9',
      crv: 'P-521',
      d: 'AUI21U8P2fcKz5clyiWZwBbMR5NYm1FPqUSexYw2aJV3_of2k5vWVdAcePYS-XTspc5FmqNc93aGSSeDeYAu-4E_',
      kid: 'partner-P-521',
      alg: 'ECDH-ES+A256KW',
    },
    message:
      'eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImVuYyI6IkEyNTZHQ00iLCJjdHkiOiJqc29uIiwia2lkIjoicGFydG5lci1QLTUy' +
      'MSIsImVwayI6eyJrdHkiOiJFQyIsIngiOiJBYnUxTEJVZXhIN2tPSmtqUzM0eTh3eVBaVlNwa1hCcTB3eUdfQ1A5Y1g2V1JT' +
      'MzRyNXhybDJNMGFTaUpvLVMySURocllJWkloaVJhRDdfTlVhYXBiV2xFIiwieSI6IkFaQi1ETGlmSWdUcHl3S2FsckdlbEtE' +
      'anRUZlp2WjNYMjVPYkp0aEs3TzFObXY3RnpNUmVFMzJiVmsxS0x1eWotbHBTYmNkN1U1Vzg3MTFmd3o1ekZSWWkiLCJjcnYi' +
      'OiJQLTUyMSJ9fQ.MB2Io1q_Mm0STPHdRSV0czF72JMJ0ithJWxUhNkUTF72BPipcf-0yQ.BiYlZFontdGOnkzW.PrDJ4KsP1' +
      '9lrQ1Z6A-pXg6HJ8bWtC3LM4BQFC-hU3Zasa8J-PPsMyfX4NjNdMk5PZWpA0uBgiw.NVB7D2s58Q9QvpzKBRUc-A',
  },
  {
    jwk: {
      crv: 'X25519',
      d: 'cMzkeOD7w-rzKcfRQIAlEcUj0UbOaEXfSrA2QXhERkg',
      x: '48g-9v-jFnJqVV_7FUKqY0dCrz86t5Ixb54jskJV3XM',
      kty: 'OKP',
      kid: 'partner-X25519',
      alg: 'ECDH-ES+A256KW',
    },
    message:
      'eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImVuYyI6IkEyNTZHQ00iLCJjdHkiOiJqc29uIiwia2lkIjoicGFydG5lci1YMjU1' +
      'MTkiLCJlcGsiOnsiY3J2IjoiWDI1NTE5IiwieCI6IjBGTzlHbkNOd3U4Smktb1MwbHFVcnUtZEM2d0FGYm1DbkJEUmdlZnN4' +
      'MzAiLCJrdHkiOiJPS1AifX0.KVNx0QuUZwHCM0UwK1XGKm08VjyGKCxa6W06anSFQYT7PhCuQnnjkw.NXLmkUqMLmvCQu4x.' +
      'pQyUjTAGONFfwtcD3mTOjrl7J_PyTklzi36dJbEW_P3GDfScJIptrSa_mt74JnYHqH_lS-kLXQ.LjvFnBo2McgSfK3K7mnD2' +
      'w',
  },
];
