import { domainToASCII } from 'node:url';
import {
  BUSINESS_PREMIUM,
  charter,
  DOMAIN,
  entraUsers,
  journal,
  makeCase,
  membersCsv,
  memberships,
  type Person,
  profile,
  staff,
} from '../client.ts';
import { sku } from '../microsoft.ts';
import {
  counts,
  file,
  is,
  lists,
  noPass,
  nowhere,
  says,
  silent,
  type TruthCase,
  unlisted,
} from '../model.ts';
import { csv, graph, latin, shiftJis, utf16Reversed } from '../text.ts';

const AREA = 'outside';
const at = (people: readonly Person[], n: number) => people[n] as Person;
const semicolons = { separator: ';' };

/** Brazil: Portuguese headings in Windows-1252, the day before the month, a period above the usage. */
function brazil(): TruthCase {
  const people = staff(18);
  const [gone, onLeave, heavy, unsigned] = [at(people, 11), at(people, 12), at(people, 7), at(people, 13)];
  const seats = people.slice(0, 17);
  const roles: Record<Person['role'], string> = {
    'Primary Owner': 'Proprietário principal',
    Owner: 'Proprietário',
    Admin: 'Administrador',
    User: 'Usuário',
  };
  return makeCase(
    AREA,
    'brazil',
    {
      'charter.yaml': charter(people),
      'journal.yaml': journal(people),
      'users.json': entraUsers(people),
      'membros.csv': latin(
        csv(
          [
            ['Nome', 'E-mail', 'Função', 'Tipo de licença', 'Status'],
            ...seats.map((one) => [one.name, one.email, roles[one.role], 'Padrão', 'Ativo']),
          ],
          semicolons,
        ),
      ),
      'colaboradores.csv': latin(
        csv(
          [
            [
              'Nome completo',
              'E-mail corporativo',
              'Função',
              'Departamento',
              'Situação',
              'Data de desligamento',
            ],
            ...people.map((one) => [
              one.name,
              one.email,
              'Analista',
              one.department,
              one === gone ? 'Desligado' : one === onLeave ? 'Afastado' : 'Ativo',
              one === gone ? '05/10/2026' : '',
            ]),
          ],
          semicolons,
        ),
      ),
      'uso.csv': latin(
        `Relatório de uso do Claude\nPeríodo: 01/11/2026 a 22/11/2026\n\n${csv(
          [
            ['E-mail do usuário', 'Produto', 'Modelo', 'Total de solicitações', 'Gasto líquido (USD)'],
            ...seats.map((one) => [
              one.email,
              'Chat',
              'claude-sonnet-5',
              one === heavy ? '2.150' : '98',
              '1,10',
            ]),
          ],
          semicolons,
        )}`,
      ),
      'conectores.csv': latin(
        csv(
          [
            ['Conector', 'Ação', 'Permissão'],
            ['Microsoft 365 (Outlook)', 'Search email', 'Sempre permitir'],
            ['Microsoft 365 (Outlook)', 'Read email', 'Sempre permitir'],
            ['Microsoft 365 (Outlook)', 'Send email', 'Requer aprovação'],
            ['Microsoft 365 (Outlook)', 'Delete', 'Bloqueado'],
            ['Microsoft 365 (Outlook)', 'Todas as outras ações', 'Bloqueado'],
          ],
          semicolons,
        ),
      ),
      'aceites.csv': latin(
        csv(
          [
            ['Nome', 'E-mail', 'Versão da política', 'Data do aceite'],
            ...seats
              .filter((one) => one !== unsigned)
              .map(({ name, email }) => [name, email, 'v3', '15/09/2026']),
          ],
          semicolons,
        ),
      ),
    },
    [
      file('membros.csv', 'taken', 'members in Portuguese'),
      file('colaboradores.csv', 'taken', 'a roster in Portuguese'),
      file('uso.csv', 'taken', 'usage in Portuguese'),
      counts('members', 17, 'seventeen hold a seat'),
      counts('staff', 17, 'one has left, one is on leave'),
      lists('leavers', [gone.email], 'one left on 5 October'),
      unlisted('leavers', onLeave.email, 'who is on leave is staff'),
      is('CLA-ACC-07', 'fail', 'one has left'),
      is('CLA-ACC-02', 'pass', 'the column Função of the members is their role'),
      is('CLA-ACC-04', 'pass', 'owners and admin are those of the charter'),
      silent('CLA-ACC-04', /Analista/i, 'the column Função of the roster is a job'),
      is('CLA-OPS-05', 'fail', 'nothing was done for the leaver'),
      says('CLA-OPS-05', /5 Oct(?:ober)? 2026/, 'the fifth of October, not the tenth of May'),
      silent('CLA-OPS-05', /May 2026/, 'not the tenth of May'),
      is('CLA-M365-17', 'fail', 'the account of the leaver is enabled'),
      is('CLA-VIS-01', 'pass', 'use of a stated period can be read'),
      is('CLA-VIS-03', 'fail', 'one person is far above the average'),
      says('CLA-VIS-03', /2,?150/, 'two thousand, not two'),
      silent('CLA-VIS-01', /which days|no period|not state/i, 'the period stands above the table'),
      is('CLA-CON-10', 'fail', 'sending asks, and is to be blocked'),
      says('CLA-CON-10', 'Send email', 'the action is named'),
      is('CLA-CON-04', 'pass', 'only the connector of the charter is there'),
      is('CLA-POL-03', 'fail', 'one has not acknowledged'),
      says('CLA-POL-03', new RegExp(`${unsigned.name}|${unsigned.email}`), 'who has not is named'),
      noPass('CLA-ACC-14', 'nothing shows single sign-on'),
    ],
    { profile: profile({ timezone: 'America/Sao_Paulo', staffCount: 17 }) },
  );
}

/** Japan: Shift_JIS from a spreadsheet, names in kanji, members in English. */
function japan(): TruthCase {
  const kanji = [
    '佐藤 健',
    '鈴木 花子',
    '高橋 誠',
    '田中 陽子',
    '伊藤 直樹',
    '渡辺 恵',
    '山本 大輔',
    '中村 由美',
  ];
  const people = staff(16).map((one, n) => ({ ...one, name: kanji[n] ?? `社員 ${n + 1}号` }));
  const [gone, unsigned] = [at(people, 10), at(people, 4)];
  return makeCase(
    AREA,
    'japan-in-shift-jis',
    {
      'charter.yaml': charter(people),
      'journal.yaml': journal(people),
      'members.csv': membersCsv(people),
      '社員名簿.csv': shiftJis(
        `社員名簿（2026年11月20日現在）\r\n${csv(
          [
            ['社員番号', '氏名', 'メールアドレス', '部署', '在籍状況', '退職日'],
            ...people.map((one, n) => [
              `A${100 + n}`,
              one.name,
              one.email,
              '総務部',
              one === gone ? '退職' : '在籍',
              one === gone ? '2026/10/31' : '',
            ]),
          ],
          { end: '\r\n' },
        )}`,
      ),
      '同意一覧.csv': shiftJis(
        csv([
          ['氏名', 'メールアドレス', 'ポリシーのバージョン', '同意日'],
          ...people
            .filter((one) => one !== unsigned)
            .map(({ name, email }) => [name, email, 'v3', '2026年9月16日']),
        ]),
      ),
      'コネクタ.csv': shiftJis(
        csv([
          ['コネクタ', 'アクション', '許可'],
          ['Microsoft 365 (Outlook)', 'Search email', '常に許可'],
          ['Microsoft 365 (Outlook)', 'Send email', '常に許可'],
          ['Microsoft 365 (Outlook)', 'その他すべてのアクション', 'ブロック'],
        ]),
      ),
      '端末台帳.csv': shiftJis(
        csv([
          ['資産番号', '機種名', '使用者', '貸与日'],
          ...people.map((one, n) => [`PC-${n}`, 'ThinkPad X1', one.name, '2025/04/01']),
        ]),
      ),
    },
    [
      file('社員名簿.csv', 'taken', 'a roster in Shift_JIS'),
      file('同意一覧.csv', 'taken', 'acknowledgments in Shift_JIS'),
      file('コネクタ.csv', 'taken', 'a connectors table in Shift_JIS'),
      file('端末台帳.csv', ['not_placed', 'malformed', 'ignored'], 'a list of devices is no roster'),
      nowhere(/\uFFFD|‚ð|ƒ|”N/, 'nothing is garbled'),
      counts('staff', 15, 'one has left'),
      counts('members', 16, 'sixteen hold a seat'),
      lists('leavers', [gone.email], 'one has left and holds a seat'),
      lists('notOnRoster', [], 'everyone is on the roster'),
      is('CLA-ACC-07', 'fail', 'one has left'),
      says('CLA-ACC-07', /社員 11号|umberto|katia/i, 'the leaver is named'),
      is('CLA-OPS-05', 'fail', 'nothing was done for the leaver'),
      says('CLA-OPS-05', /31 Oct(?:ober)? 2026/, 'the last day is said'),
      is('CLA-CON-10', 'fail', 'sending is always allowed'),
      is('CLA-CON-09', 'fail', 'sending is wider than the charter'),
      says('CLA-CON-10', 'Send email', 'the action is named'),
      is('CLA-CON-04', 'pass', 'only the connector of the charter is there'),
      is('CLA-POL-03', 'fail', 'one has not acknowledged'),
      says('CLA-POL-03', '伊藤', 'who has not is named'),
      silent('CLA-POL-03', '佐藤', 'who has is not accused'),
      is('CLA-ACC-21', 'pass', 'everyone has an address on the domain'),
      is('CLA-ACC-13', 'pass', 'everyone is matched by address'),
      noPass('CLA-M365-17', 'Entra users were not given'),
    ],
    { profile: profile({ timezone: 'Asia/Tokyo', staffCount: 15 }) },
  );
}

/** Four countries: a Dutch roster of the morning and one of the evening, empty files, Italian signatures, French states. */
function fourCountries(): TruthCase {
  const people = staff(20);
  const [gone, disputed, unsigned] = [at(people, 14), at(people, 5), at(people, 16)];
  const afas = (hour: string, left: readonly Person[]) =>
    utf16Reversed(
      `Medewerkersoverzicht;;;;\r\nGeëxporteerd op: 23-11-2026 ${hour};;;;\r\n${csv(
        [
          ['Medewerker', 'E-mail werk', 'Afdeling', 'Datum in dienst', 'Datum uit dienst'],
          ...people.map((one) => [
            one.name,
            one.email,
            one.department,
            '01-03-2020',
            left.includes(one) ? '06-11-2026' : '',
          ]),
        ],
        { separator: ';', end: '\r\n' },
      )}`,
    );
  return makeCase(
    AREA,
    'four-countries-one-day',
    {
      'charter.yaml': charter(people),
      'journal.yaml': journal(people),
      'users.json': entraUsers(people),
      'members.csv': membersCsv(people),
      'medewerkers ochtend.csv': afas('08:55', [gone]),
      'medewerkers middag.csv': afas('16:40', [gone, disputed]),
      'leeg.csv': '',
      'nieuw.csv': 'Name,Email,Role,Seat Tier,Status\n',
      'firme.csv': csv(
        [
          ['Cognome e nome', 'Indirizzo e-mail', 'Versione informativa', 'Data di accettazione'],
          ...people
            .filter((one) => one !== unsigned)
            .map(({ name, email }) => [name.split(' ').toReversed().join(' '), email, 'v3', '16/09/2026']),
        ],
        semicolons,
      ),
      'connecteurs.csv': latin(
        csv(
          [
            ['Connecteur', 'Action', 'Autorisation'],
            ['Microsoft 365 (Outlook)', 'Search email', 'Toujours autoriser'],
            ['Microsoft 365 (Outlook)', 'Send email', 'Bloqué'],
            ['Microsoft 365 (Outlook)', 'Delete', ''],
            ['Microsoft 365 (Outlook)', 'Toutes les autres actions', 'Bloqué'],
          ],
          semicolons,
        ),
      ),
    },
    [
      is('CLA-ACC-07', ['fail', 'cannot_read'], 'both lists say that one has left'),
      noPass('CLA-ACC-07', 'one has left by both lists'),
      says(
        'CLA-ACC-07',
        new RegExp(`${disputed.name}|${disputed.email}|ochtend|middag|same day`),
        'that the two lists differ, or who, is said',
      ),
      is('CLA-OPS-05', ['fail', 'cannot_read'], 'one has left by both lists'),
      noPass('CLA-M365-17', 'the account of the leaver is enabled'),
      noPass('CLA-CON-26', 'the connectors of the leaver were not removed'),
      file('medewerkers ochtend.csv', ['taken', 'replaced'], 'a roster in Dutch, in UTF-16'),
      file('medewerkers middag.csv', ['taken', 'replaced'], 'a roster in Dutch, in UTF-16'),
      file('leeg.csv', ['not_placed', 'malformed', 'ignored'], 'an empty file is said to be empty', /empty/i),
      file(
        'nieuw.csv',
        ['not_placed', 'malformed', 'ignored'],
        'a heading without lines is said to have none',
        /no (?:rows|lines|people|members)|empty|nobody|only a heading|below the heading/i,
      ),
      counts('members', 20, 'the list with people counts, not the one without'),
      is('CLA-ACC-02', 'pass', 'a Primary Owner and an Owner'),
      is('CLA-ACC-04', 'pass', 'owners and admin are those of the charter'),
      is('CLA-POL-03', 'fail', 'one has not signed'),
      says('CLA-POL-03', new RegExp(`${unsigned.name}|${unsigned.email}`), 'who has not is named'),
      silent('CLA-POL-03', at(people, 4).email, 'who has is not accused'),
      noPass('CLA-CON-10', 'the state of deleting is empty'),
      noPass('CLA-CON-06', 'an action has no state'),
      says('CLA-CON-06', /Delete/, 'the action without a state is named'),
      is('CLA-CON-04', 'pass', 'only the connector of the charter is there'),
      noPass('CLA-ACC-14', 'nothing shows single sign-on'),
      nowhere(/\uFFFD|Ã«|Ã©/, 'nothing is garbled'),
    ],
    { profile: profile({ timezone: 'Europe/Amsterdam' }) },
  );
}

/** A domain with an umlaut in both writings, one person with two seats, look-alikes, free licenses. */
function umlaut(): TruthCase {
  const WRITTEN = 'müller-verband.example';
  const CODED = domainToASCII(WRITTEN);
  const people = staff(16, WRITTEN);
  const coded = (email: string) => email.replace(WRITTEN, CODED);
  const [twice, outsider, gone] = [at(people, 11), at(people, 6), at(people, 8)];
  const second = `r.rossi@${WRITTEN}`;
  return makeCase(
    AREA,
    'a-domain-with-an-umlaut',
    {
      'charter.yaml': charter(people, {
        inviteDomains: [CODED],
        policy: {
          version: 'v3',
          published: '2026-09-12',
          approvedBy: people[0]?.name,
          contact: `hilfe@${WRITTEN}`,
          clauses: ['purpose', 'no_personal_accounts', 'no_member_data', 'no_credentials'],
          noticeCovers: ['usage', 'connectors', 'sign-ins'],
        },
      }),
      'journal.yaml': journal(people),
      'users.json': entraUsers(people.map((one) => ({ ...one, email: coded(one.email) }))).replaceAll(
        DOMAIN,
        CODED,
      ),
      'members.csv': csv([
        ['Name', 'Email', 'Role', 'Seat Tier', 'Status'],
        ...people.map((one) => [one.name, one.email, one.role, 'Standard', 'Active']),
        [twice.name, second, 'User', 'Standard', 'Active'],
        ['Max Muster', `max.muster@muller-verband.example`, 'User', 'Standard', 'Active'],
      ]),
      'personal.csv': csv(
        [
          ['Name', 'E-Mail', 'Abteilung', 'Status', 'Letzter Arbeitstag'],
          ...people.map((one) => [
            one.name,
            coded(one.email),
            one.department,
            one === gone ? 'Ausgeschieden' : 'Aktiv',
            one === gone ? '07.11.2026' : '',
          ]),
        ],
        semicolons,
      ),
      'memberships.json': memberships(
        [
          {
            email_address: coded(outsider.email),
            name: outsider.name,
            organization: 'Personal',
            plan_type: 'free',
            in_organization: false,
            created_at: '2026-02-02T09:00:00Z',
          },
          {
            email_address: `eva@${domainToASCII('mülller-verband.example')}`,
            name: 'Eva',
            organization: 'Personal',
            plan_type: 'free',
            in_organization: false,
            created_at: '2026-02-02T09:00:00Z',
          },
          {
            email_address: `otto@${domainToASCII('muller-verbänd.example')}`,
            name: 'Otto',
            organization: 'Personal',
            plan_type: 'free',
            in_organization: false,
            created_at: '2026-02-02T09:00:00Z',
          },
        ],
        people,
      ).replaceAll(DOMAIN, CODED),
      'skus.json': graph('subscribedSkus', [
        sku('SPB', BUSINESS_PREMIUM, [['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d']]),
        sku('FLOW_FREE', 'f30db892-07e9-47e9-837c-80727f46fd3d', [
          ['FLOW_P2_VIRAL', '50e68c76-46c6-4674-81f9-75456511b170'],
        ]),
        sku('CCIBOTS_PRIVPREV_VIRAL', '606b54a9-78d8-4298-ad8b-df6ef4481c80', [
          ['CCIBOTS_PRIVPREV_VIRAL', 'ce312d15-8fdf-44c0-9974-a25a177125ee'],
        ]),
        sku('FORMS_PRO', 'e2ae107b-a571-426f-9367-6d4c8f1390ba', [
          ['FORMS_PRO', '17efdd9f-c22c-4ad8-b48e-3b1f3ee1dc9a'],
        ]),
      ]),
    },
    [
      counts('staff', 15, 'one has left'),
      lists('leavers', [gone.email], 'one has left; both writings of the domain are one'),
      is('CLA-ACC-07', ['fail'], 'one has left'),
      is('CLA-ACC-06', 'fail', 'one seat is on a domain that only looks like ours'),
      says('CLA-ACC-06', 'muller-verband.example', 'that domain is named'),
      silent('CLA-ACC-06', people[4]?.email ?? '', 'a seat on our domain is not accused'),
      is(
        'CLA-ACC-13',
        ['fail', 'cannot_read'],
        'whether two seats of one name are one person is to be asked',
      ),
      lists('toConfirm', [second], 'that the second account may be of the same person is asked'),
      unlisted('notOnRoster', second, 'the second account is no stranger'),
      is('CLA-SHA-03', 'fail', 'one account of ours is outside'),
      lists('personalAccounts', [outsider.email], 'the one account; the look-alikes are not ours'),
      silent('CLA-SHA-04', /eva@|otto@/, 'nobody may write to strangers'),
      is('CLA-M365-01', 'pass', 'Business Premium brings Conditional Access'),
      silent('CLA-M365-01', /FLOW_FREE|CCIBOTS|FORMS_PRO/, 'free licenses are no question'),
      is('CLA-M365-17', 'fail', 'the account of the leaver is enabled'),
      is('CLA-ACC-02', 'pass', 'a Primary Owner and an Owner'),
      is('CLA-ACC-04', 'pass', 'owners and admin are those of the charter'),
      is('CLA-ACC-21', 'pass', 'all staff have an address on our domain in one writing or the other'),
      is('CLA-OPS-05', 'fail', 'nothing was done for the leaver'),
      is('CLA-OPS-02', 'pass', 'owner and deputy are staff'),
      noPass('CLA-SHA-04', 'nobody was written to'),
    ],
    {
      profile: profile({
        domains: [CODED],
        timezone: 'Europe/Berlin',
        m365: 'business_premium',
        staffCount: 15,
      }),
    },
  );
}

export const outsideLanguages: readonly TruthCase[] = [brazil(), japan(), fourCountries(), umlaut()];
