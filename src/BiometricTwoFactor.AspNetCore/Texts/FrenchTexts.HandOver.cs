namespace BiometricTwoFactor.AspNetCore;

/// <summary>What is said where a confirmation is finished on another device.</summary>
internal static partial class FrenchTexts
{
    private static StepUpTexts WithHandOver(StepUpTexts texts)
    {
        texts.HandOverButton = "Continuer sur un autre appareil";
        texts.HandOverText = "Votre téléphone regarde votre visage, puis cette page continue d’elle-même.";
        texts.HandOverScan = "Dirigez l’appareil photo de votre téléphone vers cette image, ou ouvrez-y le lien.";
        texts.HandOverPicture = "Code QR du lien qui se trouve en dessous";
        texts.HandOverLink = "Lien que vous pouvez vous envoyer";
        texts.HandOverDigits = "Tapez-y ces deux chiffres\u202f:";
        texts.HandOverBeware = "Ne dites ces chiffres à personne et ne les envoyez nulle part. Nous ne les demandons jamais, pas même au téléphone.";
        texts.HandOverWrong = "D’autres chiffres ont été tapés sur un appareil qui a ce lien ({0} sur 3). Si ce n’était pas vous, annulez.";
        texts.HandOverOffered = "Nous attendons l’autre appareil. Cette page continue d’elle-même.";
        texts.HandOverOpened = "L’autre appareil est prêt. Vérifiez-y les données et passez à la caméra. Cette page continue d’elle-même.";
        texts.HandOverCapturing = "La caméra est ouverte sur l’autre appareil. Cette page continue d’elle-même.";
        texts.HandOverGone = "Le lien ne peut plus être affiché. Utilisez cet appareil, ou choisissez-en un autre à nouveau.";
        texts.HandOverBackButton = "Utiliser plutôt cet appareil";
        texts.HandOverHint = "Pour regarder dans la caméra d’un autre appareil, recommencez et choisissez-le avant de commencer.";
        texts.HandOverGuessedHeading = "Mauvais chiffres, trois fois";
        texts.HandOverGuessed = "Rien n’a été exécuté\u202f: sur un appareil qui a le lien, de mauvais chiffres ont été tapés trois fois, et la confirmation est terminée. Si c’était vous, recommencez. Sinon, quelqu’un d’autre a le lien\u202f: dites-le-nous.";
        texts.HandOverRefusedHeading = "Refusé sur l’autre appareil";
        texts.HandOverRefused = "Rien n’a été exécuté\u202f: sur l’autre appareil, il a été dit que la demande ne venait pas de là, et la confirmation est terminée.";
        texts.DeviceDigitsHeading = "Continuez ici";
        texts.DeviceDigitsText = "Ne continuez que si vous faites vous-même quelque chose sur un autre appareil en ce moment. Si quelqu’un vous a envoyé ce lien ou est au téléphone avec vous, fermez cette page.";
        texts.DeviceDigitsLabel = "Les deux chiffres que montre l’autre écran";
        texts.DeviceDigitsButton = "Continuer";
        texts.DeviceDigitsWrong = "Ce ne sont pas les chiffres que montre l’autre écran. Après trois essais erronés, la confirmation se termine.";
        texts.DeviceDigitsMissing = "Tapez les deux chiffres, par exemple 07.";
        texts.DeviceNothingHeading = "Ce lien n’ouvre rien";
        texts.DeviceNothing = "Il a déjà servi, son délai est passé, ou de mauvais chiffres ont été tapés trop souvent. Revenez à l’appareil sur lequel vous avez commencé. Si quelqu’un vous a envoyé le lien, dites-le-nous.";
        texts.DeviceCheck = "Ne continuez que si vous avez demandé exactement cela vous-même, sur cet autre appareil. Votre visage l’approuve, et rien d’autre.";
        texts.DeviceAskedLabel = "Demandé sur";
        texts.DeviceAsked = "{0} sous {1}";
        texts.DeviceUnknown = "inconnu";
        texts.DeviceAskedAtLabel = "Demandé à";
        texts.DeviceAskedAt = "{0} (heure UTC)";
        texts.DeviceCountryLabel = "Demandé depuis";
        texts.DeviceNotMeButton = "Ce n’était pas moi";
        texts.DeviceDoneHeading = "Tout est fait ici";
        texts.DeviceDone = "Continuez là où vous avez commencé\u202f: la page y continue d’elle-même. Vous pouvez fermer celle-ci.";
        texts.DeviceRefusedHeading = "La demande est terminée";
        texts.DeviceRefused = "Rien n’a été approuvé. Quelqu’un connaît peut-être votre mot de passe\u202f: changez-le et dites-le-nous.";
        texts.DeviceEnded = "Rien n’a été exécuté. Revenez à l’appareil sur lequel vous avez commencé\u202f: il dit comment continuer.";
        texts.DeviceUnavailable = "La page de la caméra ne peut pas être ouverte en ce moment. Rien n’est perdu\u202f: réessayez dans un instant.";
        texts.DeviceTryAgain = "Cette page était trop ancienne. Ouvrez le lien encore une fois.";
        return texts;
    }
}
