import { describe, expect, it } from 'vitest';
import { csv, importOne } from './support.ts';

/** Exports of the Microsoft portals with headings in another language, supported or not. */

const GUID = (n: number) => `${n}1111111-1111-4111-8111-111111111111`;
const SERIALS = ['5CG1234ABC', '5CG1234ABD', 'C02XL0ABJG5J'];
const PEOPLE = ['ada', 'bo', 'cy'].map((one) => `${one}@alder.example.org`);

describe('devices of Intune', () => {
  it('in Spanish are read, with what their states mean', async () => {
    const states = ['Conforme', 'No conforme', 'En período de gracia'];
    const { readings } = await importOne(
      'dispositivos.csv',
      csv(
        'Id. de dispositivo,Nombre del dispositivo,Cumplimiento,SO,Última sincronización,UPN del usuario principal,Número de serie',
        ...PEOPLE.map(
          (one, n) => `${GUID(n)},PC-${n},${states[n]},Windows,2026-11-2${n},${one},${SERIALS[n]}`,
        ),
      ),
    );
    expect(readings.managed_devices?.[0]?.rows).toMatchObject([
      { name: 'PC-0', upn: PEOPLE[0], compliance: 'compliant', lastSync: '2026-11-20' },
      { compliance: 'noncompliant' },
      { compliance: 'inGracePeriod' },
    ]);
  });

  it.each([
    ['Equipo,Dueño,Sit.,Plataforma,Serie', ['Conforme', 'No conforme', 'Conforme']],
    ['Apparaat,Wie,Stand,Systeem,Reeks', ['Compatibel', 'Niet compatibel', 'Compatibel']],
    ['機器,使用者,区分,基本,製造', ['準拠', '非準拠', '準拠']],
  ])('with headings that are not known are asked about: %s', async (heading, states) => {
    const content = csv(
      heading,
      ...PEOPLE.map((one, n) => `PC-${n},${one},${states[n]},${n === 1 ? 'macOS' : 'Windows'},${SERIALS[n]}`),
    );
    const { report } = await importOne('lista.csv', content);
    expect(report).toMatchObject({ outcome: 'not_placed', maybe: ['managed_devices'] });
    const { report: chosen, readings } = await importOne('lista.csv', content, {
      options: { map: [{ kind: 'managed_devices', file: 'lista.csv' }] },
    });
    expect(chosen.mapping.map(({ field, how }) => [field, how])).toEqual(
      expect.arrayContaining([
        ['mail', 'content'],
        ['compliance', 'content'],
        ['os', 'content'],
        ['id', 'content'],
      ]),
    );
    expect(readings.managed_devices?.[0]?.rows.map((row) => [row.upn, row.compliance])).toEqual(
      PEOPLE.map((one, n) => [one, n === 1 ? 'noncompliant' : 'compliant']),
    );
  });

  it('in English are read as before where no state or id looks like one', async () => {
    const { readings } = await importOne(
      'devices.csv',
      csv('Device ID,Device name,Compliance,OS,Primary user UPN', `d-1,PC-1,Unknown,Windows,${PEOPLE[0]}`),
    );
    expect(readings.managed_devices?.[0]?.rows).toMatchObject([{ id: 'd-1', compliance: 'unknown' }]);
  });
});

describe('sign-ins of Entra', () => {
  const line = (n: number, rest: string) =>
    `2026-11-19T1${n}:02:11Z,${GUID(n)},${PEOPLE[n]},Claude,5a3b1e00-1111-4222-8333-0123456789ab,192.0.2.1${n},${rest}`;

  it('in Japanese are read, with what their states mean', async () => {
    const { readings } = await importOne(
      'signin.csv',
      csv(
        '日付 (UTC),要求 ID,ユーザー名,アプリケーション,アプリケーション ID,IP アドレス,状態,サインイン エラー コード,準拠している,認証要件,条件付きアクセス',
        line(0, '成功,0,はい,多要素認証,成功'),
        line(1, '失敗,50126,いいえ,単一要素認証,適用されていません'),
        line(2, '成功,0,いいえ,単一要素認証,失敗'),
      ),
    );
    expect(readings.sign_ins?.[0]?.rows).toMatchObject([
      { upn: PEOPLE[0], errorCode: 0, caStatus: 'success', mfa: true, compliantDevice: true },
      { errorCode: 50126, caStatus: 'notApplied', mfa: null, compliantDevice: false },
      { errorCode: 0, caStatus: 'failure', mfa: false },
    ]);
  });

  it('with headings that are not known are asked about', async () => {
    const content = csv(
      'Cuándo,Ref.,Quién,Qué,Clave,Desde,Resultado',
      ...[0, 1, 2].map((n) => line(n, 'ok')),
    );
    const { report } = await importOne('registro.csv', content);
    expect(report).toMatchObject({ outcome: 'not_placed', maybe: ['sign_ins'] });
  });
});
