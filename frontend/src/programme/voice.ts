// The browser's own voice. Long texts go sentence by sentence: some voices fall silent after fifteen seconds.
const RATE = 0.86; // calm
const PATIENCE = 3; // times what the words should take, before a voice that never ends is given up

export class Voice {
  private turn = 0;
  private watch = 0;
  chosen: SpeechSynthesisVoice | null = null;

  /** Voices that speak English and live in this device first: nothing has to be sent anywhere. */
  static async all(): Promise<SpeechSynthesisVoice[]> {
    if (!("speechSynthesis" in window)) return [];
    const found = speechSynthesis.getVoices();
    const voices = found.length ? found : await Voice.later();
    const english = voices.filter(({ lang }) => lang.toLowerCase().startsWith("en"));
    return english.sort((a, b) => Number(b.localService) - Number(a.localService));
  }

  private static later(): Promise<SpeechSynthesisVoice[]> {
    return new Promise((resolve) => {
      const done = (): void => resolve(speechSynthesis.getVoices());
      speechSynthesis.addEventListener("voiceschanged", done, { once: true });
      setTimeout(done, 700);
    });
  }

  /** Say a text, then go on; how long it should take helps where a voice never says that it has ended. */
  say(text: string, seconds: number, then: () => void): void {
    this.hush();
    const turn = this.turn;
    const sentences = text.match(/[^.!?]+[.!?]+["”’']*\s*|[^.!?]+$/g) ?? [text];
    const next = (index: number): void => {
      if (turn !== this.turn) return;
      window.clearTimeout(this.watch);
      const sentence = sentences[index];
      if (sentence === undefined) return then();
      const spoken = new SpeechSynthesisUtterance(sentence.trim());
      spoken.voice = this.chosen;
      spoken.lang = this.chosen?.lang ?? "en";
      spoken.rate = RATE;
      spoken.onend = () => next(index + 1);
      spoken.onerror = (event) => {
        if (event.error !== "interrupted" && event.error !== "canceled") next(index + 1);
      };
      const share = (seconds * sentence.length) / Math.max(text.length, 1);
      this.watch = window.setTimeout(() => next(index + 1), 1000 * (PATIENCE * share + 4));
      speechSynthesis.speak(spoken);
    };
    next(0);
  }

  hush(): void {
    this.turn += 1;
    window.clearTimeout(this.watch);
    if ("speechSynthesis" in window) speechSynthesis.cancel();
  }
}
