import { describe, expect, it } from 'vitest';
import { keptToken, readToken, TokenProblem, tokenForm, tokenUrl } from './token.ts';

const ASK = {
  login: 'https://login.example/',
  tenant: 'a/b',
  application: 'app',
  scope: 'https://graph.example/.default',
};
const refusal = (error: string, number?: number) =>
  JSON.stringify({
    error,
    ...(number === undefined ? {} : { error_description: `AADSTS${number}: No. Trace ID: 1` }),
  });
const codeOf = (status: number, body: string) => {
  try {
    readToken(status, body, 0);
  } catch (error) {
    return error instanceof TokenProblem ? error.failure.code : error;
  }
  return null;
};

describe('a token of Entra', () => {
  it('is asked for at the tenant, with a secret', () => {
    expect(tokenUrl(ASK)).toBe('https://login.example/a%2Fb/oauth2/v2.0/token');
    expect(Object.fromEntries(new URLSearchParams(tokenForm(ASK, { secret: 's&1' })))).toEqual({
      client_id: 'app',
      scope: ASK.scope,
      grant_type: 'client_credentials',
      client_secret: 's&1',
    });
  });

  it.each([
    [400, refusal('invalid_request', 90002), 'tenant_unknown'],
    [400, refusal('unauthorized_client', 700016), 'application_unknown'],
    [401, refusal('invalid_client', 7000222), 'secret_ended'],
    [401, refusal('invalid_client'), 'secret_wrong'],
    [400, refusal('invalid_scope', 1), 'cloud_wrong'],
    [401, refusal('invalid_client', 700024), 'clock_wrong'],
    [400, refusal('something_new', 1), 'refused'],
    [503, refusal('temporarily_unavailable', 90033), 'unavailable'],
    [429, '', 'unavailable'],
    [404, '<html>', 'no_entra'],
    [200, '{"access_token":""}', 'no_entra'],
  ])('is not given with %i %s: %s', (status, body, code) => {
    expect(codeOf(status, body)).toBe(code);
  });

  it('is kept until its last five minutes, for the same request only', async () => {
    const kept = keptToken();
    let asked = 0;
    const get = (key: string, now: number) =>
      kept.get(key, now, async () => {
        asked += 1;
        return readToken(200, `{"access_token":"t${asked}","expires_in":3600}`, now);
      });
    expect([await get('a', 0), await get('a', 3_299_000), await get('a', 3_301_000)]).toEqual([
      't1',
      't1',
      't2',
    ]);
    expect(await get('b', 3_302_000)).toBe('t3');
    kept.forget();
    expect(await get('b', 3_303_000)).toBe('t4');
  });
});
