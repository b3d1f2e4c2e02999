import { useQueryClient } from "@tanstack/react-query";
import { CircleUserRound, Languages, LogOut } from "lucide-react";
import { sentenceOf, signOut } from "../../api";
import { IconButton, Menu, notify, Rich } from "../../ui/components";
import { currentLanguage, keepLanguage, LANGUAGES, type Language, t } from "../../words";
import { useUser } from "../session/sessionContext";
import { useJournalStatus } from "./journalContext";

export function AccountMenu() {
  const user = useUser();
  const client = useQueryClient();
  const { waiting } = useJournalStatus();
  const leave = async (): Promise<void> => {
    try {
      await signOut();
      client.clear();
      window.location.assign("/");
    } catch (error) {
      notify({ level: "error", message: sentenceOf(error) });
    }
  };
  return (
    <Menu
      trigger={(props) => (
        <IconButton
          {...props}
          label={t("Account of {username}", { username: user.username })}
          icon={<CircleUserRound />}
        />
      )}
      heading={<Rich sentence="Signed in as {name}" values={{ name: <strong>{user.username}</strong> }} />}
      items={[
        ...otherLanguages().map((language) => ({
          label: LANGUAGES[language],
          lang: language,
          icon: <Languages />,
          run: () => speakFromNowOn(language),
        })),
        {
          label: t("Sign out"),
          icon: <LogOut />,
          disabledReason: waiting > 0 ? t("Masks are still waiting to be sent. Sign out once they are saved.") : null,
          run: () => void leave(),
        },
      ]}
    />
  );
}

function otherLanguages(): Language[] {
  return (Object.keys(LANGUAGES) as Language[]).filter((language) => language !== currentLanguage());
}

/** The page is loaded again, since its labels were taken once. Nothing is lost: prompts and masks are in the journal. */
function speakFromNowOn(language: Language): void {
  keepLanguage(language);
  window.location.reload();
}
