export interface Message {
  readonly to: string;
  readonly subject: string;
  /** Reply-To; left out: the sender. One plain address. */
  readonly replyTo?: string;
  /** Plain text. A message never contains a finding, only a count and a link. */
  readonly text: string;
  readonly attachments?: readonly {
    readonly fileName: string;
    readonly mediaType: string;
    readonly bytes: Uint8Array;
  }[];
}

/** Sends mail through the server in the workspace's settings. */
export interface Mail {
  /** false: mail is not configured, so links are shown for copying instead. */
  configured(): Promise<boolean>;
  /** Throws a sentence for a person if the message could not be delivered to the server. */
  send(message: Message): Promise<void>;
}
