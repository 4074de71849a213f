// A job followed until it ends; a page that cannot listen goes on at once, to where its progress is shown.

interface Told {
  state: "waiting" | "running" | "done" | "set_aside" | "cancelled";
  sentence: string;
  fraction: number;
}

export function followJob(id: string, tell: (words: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const source = new EventSource(`/api/v1/jobs/${encodeURIComponent(id)}/events`);
    const end = (done: () => void): void => {
      source.close();
      done();
    };
    const hear = (event: MessageEvent<string>): void => {
      const told = JSON.parse(event.data) as Told;
      if (told.state === "done") return end(resolve);
      if (told.state === "set_aside" || told.state === "cancelled") return end(() => reject(new Error(told.sentence)));
      tell(told.sentence || "Working it out …");
    };
    source.addEventListener("message", hear);
    source.addEventListener("job", hear);
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) end(resolve);
    });
  });
}
