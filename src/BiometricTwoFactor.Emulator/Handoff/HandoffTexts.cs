using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>What the hand-off says, in one language.</summary>
internal sealed record HandoffTexts
{
    public static FrozenDictionary<string, HandoffTexts> All { get; } = new HandoffTexts[]
    {
        new()
        {
            Language = "en",
            Offer = "Continue on another device",
            Lead = "Open this address on your other device, or go to {0} there and enter the code.",
            Code = "Code",
            CodeLife = "The code works once, for ten minutes.",
            Picture = "The address as a QR code",
            Waiting = "Waiting for your other device…",
            HandedOff = "Continue on your other device",
            HandedOffText = "This page goes on by itself when you have finished there.",
            AnotherCode = "Show another code",
            Here = "Continue on this device instead",
            Enter = "Continue on this device",
            EnterLabel = "The code that your other device shows",
            EnterButton = "Continue",
            WrongCode = "This code does not work. It has been used, is older than ten minutes, or was mistyped.",
            TooManyCodes = "There were too many wrong codes. Wait a minute, then try again.",
            Over = "This check is over",
            GoBack = "Go back to your other device: you continue there.",
            Close = "You can close this page.",
        },
        new()
        {
            Language = "de",
            Offer = "Auf einem anderen Gerät fortfahren",
            Lead = "Öffnen Sie diese Adresse auf Ihrem anderen Gerät, oder gehen Sie dort zu {0} und geben Sie den Code ein.",
            Code = "Code",
            CodeLife = "Der Code gilt einmal und zehn Minuten lang.",
            Picture = "Die Adresse als QR-Code",
            Waiting = "Warten auf Ihr anderes Gerät …",
            HandedOff = "Fahren Sie auf Ihrem anderen Gerät fort",
            HandedOffText = "Diese Seite macht von selbst weiter, sobald Sie dort fertig sind.",
            AnotherCode = "Einen anderen Code anzeigen",
            Here = "Doch auf diesem Gerät fortfahren",
            Enter = "Auf diesem Gerät fortfahren",
            EnterLabel = "Der Code, den Ihr anderes Gerät anzeigt",
            EnterButton = "Weiter",
            WrongCode = "Dieser Code gilt nicht. Er wurde schon verwendet, ist älter als zehn Minuten oder falsch eingegeben.",
            TooManyCodes = "Es gab zu viele falsche Codes. Warten Sie eine Minute und versuchen Sie es dann noch einmal.",
            Over = "Diese Prüfung ist beendet",
            GoBack = "Gehen Sie zurück zu Ihrem anderen Gerät: Dort geht es weiter.",
            Close = "Sie können diese Seite schließen.",
        },
        new()
        {
            Language = "es",
            Offer = "Continuar en otro dispositivo",
            Lead = "Abre esta dirección en tu otro dispositivo, o entra allí en {0} e introduce el código.",
            Code = "Código",
            CodeLife = "El código sirve una sola vez, durante diez minutos.",
            Picture = "La dirección como código QR",
            Waiting = "Esperando a tu otro dispositivo…",
            HandedOff = "Continúa en tu otro dispositivo",
            HandedOffText = "Esta página seguirá sola cuando termines allí.",
            AnotherCode = "Mostrar otro código",
            Here = "Mejor continuar en este dispositivo",
            Enter = "Continuar en este dispositivo",
            EnterLabel = "El código que muestra tu otro dispositivo",
            EnterButton = "Continuar",
            WrongCode = "Este código no sirve. Ya se ha usado, tiene más de diez minutos o está mal escrito.",
            TooManyCodes = "Ha habido demasiados códigos incorrectos. Espera un minuto y vuelve a intentarlo.",
            Over = "Esta comprobación ha terminado",
            GoBack = "Vuelve a tu otro dispositivo: allí continúas.",
            Close = "Puedes cerrar esta página.",
        },
        new()
        {
            Language = "ko",
            Offer = "다른 기기에서 계속하기",
            Lead = "다른 기기에서 이 주소를 열거나, 그 기기에서 {0}(으)로 이동하여 코드를 입력해 주세요.",
            Code = "코드",
            CodeLife = "코드는 10분 동안 한 번만 사용할 수 있습니다.",
            Picture = "주소 QR 코드",
            Waiting = "다른 기기를 기다리는 중입니다…",
            HandedOff = "다른 기기에서 계속해 주세요",
            HandedOffText = "그 기기에서 마치면 이 페이지가 자동으로 넘어갑니다.",
            AnotherCode = "다른 코드 보기",
            Here = "이 기기에서 계속하기",
            Enter = "이 기기에서 계속하기",
            EnterLabel = "다른 기기에 표시된 코드",
            EnterButton = "계속",
            WrongCode = "이 코드는 사용할 수 없습니다. 이미 사용했거나 10분이 지났거나 잘못 입력했습니다.",
            TooManyCodes = "잘못된 코드가 너무 많이 입력되었습니다. 1분 후에 다시 시도해 주세요.",
            Over = "이 확인이 끝났습니다",
            GoBack = "다른 기기로 돌아가서 계속해 주세요.",
            Close = "이 페이지를 닫아도 됩니다.",
        },
        new()
        {
            Language = "ar",
            Offer = "المتابعة على جهاز آخر",
            Lead = "افتح هذا العنوان على جهازك الآخر، أو انتقل هناك إلى {0} وأدخل الرمز.",
            Code = "الرمز",
            CodeLife = "يعمل الرمز مرة واحدة لمدة عشر دقائق.",
            Picture = "العنوان على شكل رمز QR",
            Waiting = "في انتظار جهازك الآخر…",
            HandedOff = "تابِع على جهازك الآخر",
            HandedOffText = "ستتابع هذه الصفحة تلقائيًا عندما تنتهي هناك.",
            AnotherCode = "عرض رمز آخر",
            Here = "المتابعة على هذا الجهاز بدلًا من ذلك",
            Enter = "المتابعة على هذا الجهاز",
            EnterLabel = "الرمز الظاهر على جهازك الآخر",
            EnterButton = "متابعة",
            WrongCode = "هذا الرمز لا يعمل. ربما استُخدم من قبل، أو مضى عليه أكثر من عشر دقائق، أو كُتب خطأً.",
            TooManyCodes = "أُدخلت رموز خاطئة كثيرة. انتظر دقيقة ثم حاول مرة أخرى.",
            Over = "انتهى هذا التحقق",
            GoBack = "عُد إلى جهازك الآخر للمتابعة هناك.",
            Close = "يمكنك إغلاق هذه الصفحة.",
        },
    }.ToFrozenDictionary(texts => texts.Language, StringComparer.Ordinal);

    public required string Language { get; init; }

    /// <summary>The way in, on the hosted page, and the title of what it leads to.</summary>
    public required string Offer { get; init; }

    /// <summary>With the address where a code is entered.</summary>
    public required string Lead { get; init; }

    public required string Code { get; init; }

    public required string CodeLife { get; init; }

    public required string Picture { get; init; }

    public required string Waiting { get; init; }

    public required string HandedOff { get; init; }

    public required string HandedOffText { get; init; }

    public required string AnotherCode { get; init; }

    public required string Here { get; init; }

    public required string Enter { get; init; }

    public required string EnterLabel { get; init; }

    public required string EnterButton { get; init; }

    public required string WrongCode { get; init; }

    public required string TooManyCodes { get; init; }

    public required string Over { get; init; }

    public required string GoBack { get; init; }

    public required string Close { get; init; }

    /// <summary>In the hosted page's language.</summary>
    public static HandoffTexts For(HttpContext context) => All[PageTexts.For(context).Language];

    /// <summary>What a browser is told that stays.</summary>
    public string Farewell(BrowserEnd end) => end == BrowserEnd.GoBack ? GoBack : Close;
}
