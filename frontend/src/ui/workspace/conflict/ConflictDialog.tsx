import type { Annotation } from "../../../document";
import type { ConflictChoice } from "../../../editor";
import type { ImagePixels } from "../../../rendering";
import { t, tn } from "../../../words";
import { Button, Dialog, Rich } from "../../components";
import { regionAround, unionOf } from "../preview/region";
import { BothMasks } from "./BothMasks";
import styles from "./ConflictDialog.module.css";
import { agreementInWords, differencesOf } from "./differences";
import { Side } from "./Side";

const WIDTH = 320;
const HEIGHT = 240;

export interface ConflictDialogProps {
  readonly filename: string;
  readonly pixels: ImagePixels | null;
  /** Null: deleted on that side. */
  readonly mine: Annotation | null;
  readonly theirs: Annotation | null;
  readonly categoryOf: (id: number) => { readonly name: string; readonly color: string } | null;
  /** How many more wait behind this one. */
  readonly more: number;
  readonly onChoose: (choice: ConflictChoice) => void;
  /** Later: both are kept until then. */
  readonly onClose: () => void;
}

/** Both sides of an annotation that two people changed, beside and over each other, and the question which one stays. */
export function ConflictDialog(props: ConflictDialogProps) {
  const { filename, mine, theirs, more, onChoose, onClose } = props;
  const imageHw = (mine ?? theirs)?.rle.size ?? [1, 1];
  const boxes = [mine, theirs].flatMap((side) => (side ? [side.bboxXywh] : []));
  const region = regionAround(unionOf(boxes) ?? [0, 0, imageHw[1], imageHw[0]], imageHw, WIDTH / HEIGHT);
  const shared = { pixels: props.pixels, imageHw, region, width: WIDTH, height: HEIGHT };
  return (
    <Dialog
      title={t("Somebody else changed this annotation")}
      size="large"
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {t("Decide later")}
          </Button>
          <Button onClick={() => onChoose("theirs")}>{t("Take theirs")}</Button>
          <Button variant="primary" onClick={() => onChoose("mine")}>
            {t("Keep mine")}
          </Button>
        </>
      }
    >
      <p className={styles.text}>
        <Rich
          sentence="In {filename} you and somebody else (or you, in another window) changed the same annotation. Nothing has been overwritten: choose which one stays."
          values={{ filename: <strong>{filename}</strong> }}
        />
        {more > 0 && ` ${tn("{count} more after this one.", "{count} more after this one.", more)}`}
      </p>
      <div className={styles.sides}>
        <Side title={t("Mine")} annotation={mine} categoryOf={props.categoryOf} {...shared} />
        <Side title={t("Theirs")} annotation={theirs} categoryOf={props.categoryOf} {...shared} />
        {mine && theirs && <BothMasks mine={mine.rle} theirs={theirs.rle} {...shared} />}
      </div>
      {mine && theirs && <Differences mine={mine} theirs={theirs} categoryOf={props.categoryOf} />}
    </Dialog>
  );
}

interface DifferencesProps extends Pick<ConflictDialogProps, "categoryOf"> {
  readonly mine: Annotation;
  readonly theirs: Annotation;
}

function Differences({ mine, theirs, categoryOf }: DifferencesProps) {
  const differences = differencesOf(mine, theirs, (id) => categoryOf(id)?.name ?? t("Unknown category"));
  return (
    <>
      <p className={styles.agreement}>{agreementInWords(mine, theirs)}</p>
      {differences.length > 0 && (
        <table className={styles.differences}>
          <thead>
            <tr>
              <th scope="col">{t("What differs")}</th>
              <th scope="col">{t("Mine")}</th>
              <th scope="col">{t("Theirs")}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map((difference) => (
              <tr key={difference.what}>
                <th scope="row">{difference.what}</th>
                <td>{difference.mine}</td>
                <td>{difference.theirs}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
