import type { At, Unknown } from './at.ts';

/** A device managed by Intune. */
export interface ManagedDeviceRow extends At {
  readonly id: string;
  /** Device id in Entra; left out: not reported. */
  readonly entraId?: string;
  readonly name: string | Unknown;
  /** User principal name of the person, in lower case; null: none. */
  readonly upn: string | Unknown;
  readonly os: string | Unknown;
  /** In Microsoft's terms: compliant, noncompliant, inGracePeriod, … */
  readonly compliance: string | Unknown;
  readonly lastSync: string | Unknown;
  readonly owner: string | Unknown;
}

export interface RiskyUserRow extends At {
  readonly id: string | Unknown;
  readonly upn: string | Unknown;
  readonly name: string | Unknown;
  readonly level: string | Unknown;
  readonly state: string | Unknown;
  readonly detail: string | Unknown;
  readonly updatedAt: string | Unknown;
}

export interface RiskDetectionRow extends At {
  readonly id: string | Unknown;
  readonly at: string;
  readonly upn: string | Unknown;
  /** In Microsoft's terms, such as unfamiliarFeatures. */
  readonly type: string;
  readonly level: string | Unknown;
  readonly state: string | Unknown;
  /** Resolution, such as userPassedMFADrivenByRiskBasedPolicy. */
  readonly detail: string | Unknown;
  readonly ip: string | Unknown;
}

/** Authentication methods of an account other than its password. */
export interface AuthMethodsRow extends At {
  readonly id: string | Unknown;
  readonly upn: string | Unknown;
  readonly methods: readonly string[];
}

/** A file named in an alert, without its path or any content. */
export interface AlertFile {
  readonly name: string | Unknown;
  /** In lower case. */
  readonly sha256: string | Unknown;
}

/** A device named in an alert. */
export interface AlertDevice {
  readonly name: string | Unknown;
  /** Id of the device in Entra; null also if Entra does not know it. */
  readonly entraId: string | Unknown;
  /** Whether Defender for Endpoint manages it, according to the alert. */
  readonly onboarded: boolean | Unknown;
}

/** A Defender alert as of when it was last read; the same alert appears again after each change. */
export interface SecurityAlertRow extends At {
  readonly id: string;
  readonly at: string;
  readonly updatedAt: string | Unknown;
  readonly title: string;
  readonly severity: string | Unknown;
  /** new, inProgress or resolved. */
  readonly status: string | Unknown;
  readonly classification: string | Unknown;
  /** Product that raised it, such as microsoftDefenderForCloudApps. */
  readonly source: string | Unknown;
  readonly category: string | Unknown;
  readonly link: string | Unknown;
  /** Assignee in Defender; left out: not reported. */
  readonly assignedTo?: string | Unknown;
  readonly people: readonly string[];
  /** Applications named in its evidence. */
  readonly apps: readonly string[];
  /**
   * Hosts of the URLs in its evidence; left out, like the following fields: the file was made before they were kept.
   */
  readonly hosts?: readonly string[];
  /** Those of the hosts to which Defender blocked access. */
  readonly stoppedHosts?: readonly string[];
  readonly files?: readonly AlertFile[];
  readonly devices?: readonly AlertDevice[];
  /** Names of the data loss prevention policies that matched; never what they matched. */
  readonly policies?: readonly string[];
  /** Whether Defender says that it blocked the attempt, or only saw it; null: neither. */
  readonly stopped?: boolean | Unknown;
}

/** An action in an application monitored by Defender for Cloud Apps, without its content. */
export interface CloudAppEventRow extends At {
  readonly id: string | Unknown;
  readonly at: string;
  /** The action, in Microsoft's terms, such as FileUploaded. */
  readonly action: string;
  readonly activity: string | Unknown;
  readonly app: string | Unknown;
  /** Object id in Entra. */
  readonly personId: string | Unknown;
  readonly person: string | Unknown;
  readonly ip: string | Unknown;
  readonly device: string | Unknown;
  readonly os: string | Unknown;
  /** Recorder, such as "Defender for Cloud Apps session control". */
  readonly source: string | Unknown;
  /** Application that acted for the person. */
  readonly oauthApp: string | Unknown;
}

/** A compliance policy of Intune. */
export interface CompliancePolicyRow extends At {
  readonly id: string;
  readonly name: string;
  /** Platform by Graph's type name, such as windows10; null: not reported. */
  readonly platform: string | Unknown;
  readonly changedAt: string | Unknown;
}
