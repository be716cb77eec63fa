/** Keys as their makers form them, and what people call a password. */
import type { Chance } from "./chance.ts";
import type { Maker } from "./private.ts";

const x = (count: number): string => "x".repeat(count);

const base64 = (text: string): string => Buffer.from(text).toString("base64url");
const jwt = (c: Chance): string =>
  `${base64(`{"alg":"${c.of(["HS256", "RS256", "ES384"])}","typ":"JWT"}`)}.${base64(`{"sub":"${c.fill("0000000000")}","name":"${c.fill("aaaaaa")}"}`)}.${c.fill(x(43))}`;

export const KEYS: readonly Maker[] = [
  jwt,
  (c) => c.fill(`\\A\\K\\I\\A${"A".repeat(16)}`),
  (c) => c.fill(`\\g\\h\\p_${x(36)}`),
  (c) => c.fill(`\\g\\i\\t\\h\\u\\b_\\p\\a\\t_${x(22)}_${x(59)}`),
  (c) => c.fill(`\\g\\l\\p\\a\\t-${x(20)}`),
  (c) => c.fill(`\\x\\o\\x\\b-000000000000-000000000000-${x(24)}`),
  (c) => c.fill(`\\s\\k_\\l\\i\\v\\e_${x(24)}`),
  (c) => c.fill(`\\r\\k_\\t\\e\\s\\t_${x(24)}`),
  (c) => c.fill(`\\A\\I\\z\\a${x(35)}`),
  (c) => c.fill(`\\S\\G.${x(22)}.${x(43)}`),
  (c) => c.fill(`\\s\\k-\\p\\r\\o\\j-${x(48)}`),
  (c) => c.fill(`\\s\\k-\\a\\n\\t-\\a\\p\\i\\0\\3-${x(40)}`),
  (c) => c.fill(`\\h\\f_${x(34)}`),
  (c) => c.fill(`\\n\\p\\m_${x(36)}`),
  (c) => c.fill(`\\k\\e\\y-${"h".repeat(32)}`),
  (c) => c.fill(`\\d\\o\\p_\\v\\1_${"h".repeat(64)}`),
  (c) => c.fill(`\\S\\K${"h".repeat(32)}`),
];

/** The value is what stands between the brackets. */
export const SAID_KEYS: readonly Maker[] = [
  (c) => `aws_secret_access_key = [${c.fill(x(40))}]`,
  (c) => `AWS secret: [${c.fill(x(40))}]`,
  (c) => `Authorization: Bearer [${c.fill(`${x(20)}0${x(15)}`)}]`,
  (c) => `https://api.shop.example/v1/orders?api_key=[${c.fill(x(24))}]&page=2`,
  (c) => `https://id.shop.example/reset/confirm?token=[${c.fill("h".repeat(32))}]`,
  (c) => `mysql://[root:${c.fill("xxxxxx0x")}]@10.0.0.5:3306/shop`,
  (c) => `AccountKey=[${c.fill(x(60))}==];EndpointSuffix=core.windows.net`,
  (c) => `API key: [${c.fill(x(20))}]`,
  (c) => `client_secret=[${c.fill(x(28))}]`,
  (c) => `X-Api-Key: [${c.fill("h".repeat(32))}]`,
  (c) =>
    `-----BEGIN OPENSSH PRIVATE KEY-----\n[${c.fill(x(60))}]\n${c.fill(x(40))}\n-----END OPENSSH PRIVATE KEY-----`,
  (c) =>
    `-----BEGIN RSA PRIVATE KEY-----\n${c.fill(x(64))}\n[${c.fill(x(64))}]\n-----END RSA PRIVATE KEY-----`,
];

export const PASSWORDS: readonly Maker[] = [
  (c) => c.fill("Aaaaa00!"),
  (c) => c.fill("aaaaaaa0"),
  (c) => c.fill("aA0x9"),
  (c) => c.fill("aaa99"),
  (c) => c.fill("A0a#0"),
  (c) => c.fill("aaaa-aaaa-00"),
  (c) => c.fill("AAaa$$00aa"),
];

export const SAID_CODES: readonly Maker[] = [
  (c) => `my PIN is [${c.fill("9000")}]`,
  (c) => `PIN: [${c.fill("9000")}]`,
  (c) => `CVV [${c.fill("900")}]`,
  (c) => `the verification code is [${c.fill("900000")}]`,
  (c) => `OTP: [${c.fill("900000")}]`,
  (c) => `[${c.fill("900000")}] is my login code`,
  (c) => `meine PIN lautet [${c.fill("9000")}]`,
  (c) => `code de vérification : [${c.fill("900000")}]`,
  (c) => `el código de verificación es [${c.fill("900000")}]`,
  (c) => `код подтверждения: [${c.fill("9000")}]`,
  (c) => `認証コードは[${c.fill("900000")}]です`,
  (c) => `验证码是[${c.fill("900000")}]`,
  (c) => `인증번호 [${c.fill("900000")}]`,
  (c) => `doğrulama kodu: [${c.fill("900000")}]`,
  (c) => `kod weryfikacyjny: [${c.fill("900000")}]`,
];
