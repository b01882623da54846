import { type Person, profile, staff } from '../client.ts';
import { charter, entraUsers, journal, membersCsv } from '../documents.ts';
import { counts, file, is, lists, noPass, nowhere, reported, says, silent, unlisted } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { cells, csv, latin, shiftJis } from '../text.ts';

const semicolons = { separator: ';' };

/** Brazil: Portuguese headings in Windows-1252, day before month, the period above the usage table. */
function brazil() {
  const people = staff(18);
  const [gone, onLeave, heavy, unsigned] = [at(people, 11), at(people, 12), at(people, 7), at(people, 13)];
  const seats = people.slice(0, 17);
  const roles: Record<Person['role'], string> = {
    'Primary Owner': 'Proprietário principal',
    Owner: 'Proprietário',
    Admin: 'Administrador',
    User: 'Usuário',
  };
  return outsideCase('brazil')(
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
            cells`Nome completo|E-mail corporativo|Função|Departamento|Situação|Data de desligamento`,
            ...people.map(
              (one) =>
                cells`${one.name}|${one.email}|Analista|${one.department}|${one === gone ? 'Desligado' : one === onLeave ? 'Afastado' : 'Ativo'}|${one === gone ? '05/10/2026' : ''}`,
            ),
          ],
          semicolons,
        ),
      ),
      'uso.csv': latin(
        `Relatório de uso do Claude\nPeríodo: 01/11/2026 a 22/11/2026\n\n${csv(
          [
            ['E-mail do usuário', 'Produto', 'Modelo', 'Total de solicitações', 'Gasto líquido (USD)'],
            ...seats.map(
              (one) => cells`${one.email}|Chat|claude-sonnet-5|${one === heavy ? '2.150' : '98'}|1,10`,
            ),
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
      is('ACC-07', 'fail', 'one has left'),
      is('ACC-02', 'pass', 'the column Função of the members is their role'),
      is('ACC-04', 'pass', 'owners and admin are those of the charter'),
      silent('ACC-04', /Analista/i, 'the column Função of the roster is a job'),
      ...reported('OPS-05', 'fail', 'nothing was done for the leaver', /Oct(?:ober)? 5, 2026/),
      silent('OPS-05', /May 2026/, 'not the tenth of May'),
      is('M365-17', 'fail', 'the account of the leaver is enabled'),
      is('VIS-01', 'cannot_read', 'on Team a spend report lists only use above the seats'),
      ...reported('VIS-03', 'fail', 'one person is far above the average', /2,?150/),
      silent('VIS-01', /which days|no period|not state/i, 'the period stands above the table'),
      ...reported('CON-10', 'fail', 'sending asks, and is to be blocked', 'Send email'),
      is('CON-04', 'pass', 'only the connector of the charter is there'),
      ...reported(
        'POL-03',
        'fail',
        'one has not acknowledged',
        new RegExp(`${unsigned.name}|${unsigned.email}`),
      ),
      noPass('ACC-14', 'nothing shows single sign-on'),
    ],
    { profile: profile({ timezone: 'America/Sao_Paulo', staffCount: 17 }) },
  );
}

/** Japan: Shift_JIS from a spreadsheet, names in kanji, members in English. */
function japan() {
  const kanji = cells`佐藤 健|鈴木 花子|高橋 誠|田中 陽子|伊藤 直樹|渡辺 恵|山本 大輔|中村 由美`;
  const people = staff(16).map((one, n) => ({ ...one, name: kanji[n] ?? `社員 ${n + 1}号` }));
  const [gone, unsigned] = [at(people, 10), at(people, 4)];
  return outsideCase('japan-in-shift-jis')(
    {
      'charter.yaml': charter(people),
      'journal.yaml': journal(people),
      'members.csv': membersCsv(people),
      '社員名簿.csv': shiftJis(
        `社員名簿（2026年11月20日現在）\r\n${csv(
          [
            ['社員番号', '氏名', 'メールアドレス', '部署', '在籍状況', '退職日'],
            ...people.map(
              (one, n) =>
                cells`A${100 + n}|${one.name}|${one.email}|総務部|${one === gone ? '退職' : '在籍'}|${one === gone ? '2026/10/31' : ''}`,
            ),
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
      ...reported('ACC-07', 'fail', 'one has left', /社員 11号|umberto|katia/i),
      ...reported('OPS-05', 'fail', 'nothing was done for the leaver', /Oct(?:ober)? 31, 2026/),
      is('CON-10', 'fail', 'sending is always allowed'),
      is('CON-09', 'fail', 'sending is wider than the charter'),
      says('CON-10', 'Send email', 'the action is named'),
      is('CON-04', 'pass', 'only the connector of the charter is there'),
      ...reported('POL-03', 'fail', 'one has not acknowledged', '伊藤'),
      silent('POL-03', '佐藤', 'who has is not accused'),
      is('ACC-21', 'pass', 'everyone has an address on the domain'),
      is('ACC-13', 'pass', 'everyone is matched by address'),
      noPass('M365-17', 'Entra users were not given'),
    ],
    { profile: profile({ timezone: 'Asia/Tokyo', staffCount: 15 }) },
  );
}

export const outsideLanguages = [brazil(), japan()];
