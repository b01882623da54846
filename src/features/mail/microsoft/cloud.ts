import type { MailSettings } from '../../shared/settings.ts';

/** Where Microsoft signs applications in, takes mail as an API and takes it by SMTP. */
export interface MicrosoftCloud {
  readonly login: string;
  readonly graph: string;
  /** What a token for SMTP is asked for. */
  readonly smtpScope: string;
}

/** Hosts by cloud; learn.microsoft.com/graph/deployments and …/entra/identity-platform/authentication-national-cloud. */
const CLOUDS: Readonly<Record<MailSettings['cloud'], MicrosoftCloud>> = {
  global: {
    login: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    smtpScope: 'https://outlook.office365.com/.default',
  },
  usgov: {
    login: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    smtpScope: 'https://outlook.office365.us/.default',
  },
};

/** The cloud's addresses; `instead` (BYLAW_MICROSOFT_URL) stands in for sign-in and API both. */
export function cloudOf(cloud: MailSettings['cloud'], instead: string | undefined): MicrosoftCloud {
  const own = CLOUDS[cloud];
  return instead === undefined ? own : { ...own, login: instead, graph: instead };
}
