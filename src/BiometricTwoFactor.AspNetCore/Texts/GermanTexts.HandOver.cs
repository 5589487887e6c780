namespace BiometricTwoFactor.AspNetCore;

/// <summary>What is said where a confirmation is finished on another device.</summary>
internal static partial class GermanTexts
{
    private static StepUpTexts WithHandOver(StepUpTexts texts)
    {
        texts.HandOverButton = "Auf einem anderen Gerät weitermachen";
        texts.HandOverText = "Ihr Telefon sieht Ihr Gesicht an, und diese Seite geht danach von selbst weiter.";
        texts.HandOverScan = "Richten Sie die Kamera Ihres Telefons auf dieses Bild, oder öffnen Sie dort den Link.";
        texts.HandOverPicture = "QR-Code des Links, der darunter steht";
        texts.HandOverLink = "Link, den Sie sich selbst schicken können";
        texts.HandOverDigits = "Tippen Sie dort diese zwei Ziffern ein:";
        texts.HandOverBeware = "Nennen Sie die Ziffern niemandem, und schicken Sie sie nirgendwohin. Wir fragen nie danach, auch nicht am Telefon.";
        texts.HandOverWrong = "Auf einem Gerät mit diesem Link wurden andere Ziffern eingetippt ({0} von 3). Wenn Sie das nicht waren, brechen Sie ab.";
        texts.HandOverOffered = "Wir warten auf das andere Gerät. Diese Seite geht von selbst weiter.";
        texts.HandOverOpened = "Das andere Gerät ist bereit. Prüfen Sie dort die Angaben, und gehen Sie weiter zur Kamera. Diese Seite geht von selbst weiter.";
        texts.HandOverCapturing = "Auf dem anderen Gerät ist die Kamera offen. Diese Seite geht von selbst weiter.";
        texts.HandOverGone = "Der Link kann nicht mehr gezeigt werden. Nehmen Sie dieses Gerät, oder wählen Sie noch einmal ein anderes.";
        texts.HandOverBackButton = "Doch dieses Gerät nehmen";
        texts.HandOverHint = "Um in die Kamera eines anderen Geräts zu sehen, beginnen Sie von vorn, und wählen Sie es vor dem Start.";
        texts.HandOverGuessedHeading = "Dreimal falsche Ziffern";
        texts.HandOverGuessed = "Es wurde nichts ausgeführt: Auf einem Gerät mit dem Link wurden dreimal falsche Ziffern eingetippt, und die Bestätigung ist beendet. Wenn Sie es waren, beginnen Sie von vorn. Wenn nicht, hat jemand anderes den Link: Sagen Sie es uns.";
        texts.HandOverRefusedHeading = "Auf dem anderen Gerät abgelehnt";
        texts.HandOverRefused = "Es wurde nichts ausgeführt: Auf dem anderen Gerät hieß es, die Anfrage stamme nicht von dort, und die Bestätigung ist beendet.";
        texts.DeviceDigitsHeading = "Hier weitermachen";
        texts.DeviceDigitsText = "Machen Sie nur weiter, wenn Sie in diesem Augenblick selbst etwas auf einem anderen Gerät tun. Wenn Ihnen jemand diesen Link geschickt hat oder mit Ihnen telefoniert, schließen Sie diese Seite.";
        texts.DeviceDigitsLabel = "Die zwei Ziffern, die der andere Bildschirm zeigt";
        texts.DeviceDigitsButton = "Weiter";
        texts.DeviceDigitsWrong = "Das sind nicht die Ziffern, die der andere Bildschirm zeigt. Nach drei falschen Versuchen endet die Bestätigung.";
        texts.DeviceDigitsMissing = "Tippen Sie die zwei Ziffern ein, etwa 07.";
        texts.DeviceNothingHeading = "Dieser Link öffnet nichts";
        texts.DeviceNothing = "Er wurde schon benutzt, seine Zeit ist um, oder es wurden zu oft falsche Ziffern eingetippt. Gehen Sie zurück zu dem Gerät, auf dem Sie begonnen haben. Wenn Ihnen jemand den Link geschickt hat, sagen Sie es uns.";
        texts.DeviceCheck = "Gehen Sie nur weiter, wenn Sie genau das selbst auf jenem Gerät veranlasst haben. Ihr Gesicht gibt es frei und nichts anderes.";
        texts.DeviceAskedLabel = "Gefragt auf";
        texts.DeviceAsked = "{0} unter {1}";
        texts.DeviceUnknown = "unbekannt";
        texts.DeviceAskedAtLabel = "Gefragt um";
        texts.DeviceAskedAt = "{0} Uhr UTC";
        texts.DeviceCountryLabel = "Gefragt aus";
        texts.DeviceNotMeButton = "Das war ich nicht";
        texts.DeviceDoneHeading = "Hier ist alles getan";
        texts.DeviceDone = "Machen Sie dort weiter, wo Sie begonnen haben: Die Seite dort geht von selbst weiter. Diese hier können Sie schließen.";
        texts.DeviceRefusedHeading = "Die Anfrage ist beendet";
        texts.DeviceRefused = "Es wurde nichts freigegeben. Vielleicht kennt jemand Ihr Passwort: Ändern Sie es, und sagen Sie es uns.";
        texts.DeviceEnded = "Es wurde nichts ausgeführt. Gehen Sie zurück zu dem Gerät, auf dem Sie begonnen haben: Dort steht, wie es weitergeht.";
        texts.DeviceUnavailable = "Die Kameraseite lässt sich im Augenblick nicht öffnen. Nichts ist verloren: Versuchen Sie es gleich noch einmal.";
        texts.DeviceTryAgain = "Diese Seite war zu alt. Öffnen Sie den Link noch einmal.";
        return texts;
    }
}
